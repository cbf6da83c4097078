package dev.baton.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A GetMetricData, its members read as strictly as their types demand.
 *
 * @param firstQuery the place in the queries at which this page begins
 */
record MetricRequest(
    Instant start, Instant end, boolean ascending, List<Query> queries, int firstQuery) {

  private static final int MOST_QUERIES = 500;

  /**
   * One metric that is asked for.
   *
   * @param name the name of its only dimension, empty if it has none or several
   * @param value the value of that dimension
   */
  record Query(
      String id, String namespace, String metric, String name, String value, String statistic) {}

  static MetricRequest of(JsonNode body) {
    List<Query> queries = new ArrayList<>();
    body.path("MetricDataQueries").forEach(query -> queries.add(query(query)));
    if (queries.isEmpty() || queries.size() > MOST_QUERIES) {
      throw QueryError.invalidValue(
          "MetricDataQueries has %d members; it must have 1 to %d."
              .formatted(queries.size(), MOST_QUERIES));
    }
    if (queries.stream().map(Query::id).distinct().count() < queries.size()) {
      throw QueryError.invalidValue("The Ids of MetricDataQueries must differ.");
    }
    Instant start = instant(body, "StartTime");
    Instant end = instant(body, "EndTime");
    if (!start.isBefore(end)) {
      throw QueryError.invalidValue("StartTime must be before EndTime.");
    }
    return new MetricRequest(
        start,
        end,
        body.path("ScanBy").asString("TimestampDescending").equals("TimestampAscending"),
        List.copyOf(queries),
        first(body, queries.size()));
  }

  private static Query query(JsonNode query) {
    String id = text(query, "Id");
    if (!id.matches("[a-z][a-zA-Z0-9_]*")) {
      throw QueryError.invalidValue(
          "The Id '%s' must begin with a lower-case letter.".formatted(id));
    }
    JsonNode stat = query.path("MetricStat");
    if (stat.path("Period").asInt(0) != 60) {
      throw QueryError.invalidValue("The simulator knows periods of 60 seconds only.");
    }
    JsonNode metric = stat.path("Metric");
    JsonNode dimensions = metric.path("Dimensions");
    JsonNode dimension = dimensions.path(0);
    return new Query(
        id,
        text(metric, "Namespace"),
        text(metric, "MetricName"),
        dimensions.size() == 1 ? text(dimension, "Name") : "",
        dimensions.size() == 1 ? text(dimension, "Value") : "",
        text(stat, "Stat"));
  }

  private static int first(JsonNode body, int queries) {
    Optional<String> token = Optional.ofNullable(body.path("NextToken").asString(null));
    try {
      int first = Integer.parseInt(token.orElse("0"));
      if (first >= 0 && first < queries) {
        return first;
      }
    } catch (NumberFormatException e) {
      // Refused below, like one that is out of bounds.
    }
    throw new QueryError(400, "InvalidNextToken", "NextToken is not one this service gave.");
  }

  private static String text(JsonNode parent, String name) {
    JsonNode value = parent.path(name);
    if (!value.isString()) {
      throw new QueryError(
          400, "MissingParameter", "The request must contain the parameter %s.".formatted(name));
    }
    return value.stringValue();
  }

  private static Instant instant(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isNumber()) {
      throw new QueryError(
          400, "MissingParameter", "The request must contain the parameter %s.".formatted(name));
    }
    return Instant.ofEpochMilli(Math.round(value.doubleValue() * 1000));
  }
}
