package dev.baton.globaldatastore;

/** What a Region is asked for seldom. */
enum SurveySubject {
  /** How its replication groups stand by themselves. */
  GROUPS,
  /** How far its secondaries are behind. */
  LAGS
}
