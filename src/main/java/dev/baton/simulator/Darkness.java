package dev.baton.simulator;

/** How a Region that is dark treats a caller. Either way nothing is carried out there. */
public enum Darkness {
  /** The connection is closed at once. */
  CLOSES,
  /** The call is taken and never answered. */
  SILENT
}
