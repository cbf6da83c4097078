package dev.baton.policy;

import dev.baton.core.AccountId;
import dev.baton.core.Region;
import dev.baton.policy.document.Quoted;
import dev.baton.policy.pattern.Glob;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The single values of a policy document; each exception says what one must be and what it is. */
final class Values {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern WHOLE = Pattern.compile("[1-9]\\d{0,8}");
  private static final Pattern REGION_GLOB = Pattern.compile("[a-z0-9*?-]{1,25}");
  private static final Pattern DATASTORE_GLOB = Pattern.compile("[a-zA-Z*?][a-zA-Z0-9*?-]{0,254}");
  private static final Duration LONGEST_COOL_DOWN = Duration.ofDays(30);
  private static final Duration LARGEST_LAG = Duration.ofHours(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(7);

  private Values() {}

  static Function<String, String> exactly(String expected) {
    return text -> {
      if (!text.equals(expected)) {
        throw wrong(expected, text);
      }
      return text;
    };
  }

  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw wrong("a name of 1 to 63 characters of a-z, 0-9 and -", text);
    }
    return text;
  }

  /** Two documents are Baton's own. */
  static String policyName(String text) {
    if (text.equals(StandingHold.POLICY) || text.equals(Failback.POLICY)) {
      throw wrong("another name: those of Baton's own documents are taken", text);
    }
    return name(text);
  }

  static int version(String text) {
    return whole(999_999_999).apply(text);
  }

  static Function<String, Integer> whole(int most) {
    return text -> {
      if (!WHOLE.matcher(text).matches() || Integer.parseInt(text) > most) {
        throw wrong("a whole number from 1 to %d".formatted(most), text);
      }
      return Integer.parseInt(text);
    };
  }

  /** A text for people, on one line. */
  static Function<String, String> line(int longest) {
    return text -> {
      if (text.isBlank() || text.length() > longest || text.chars().anyMatch(it -> it < ' ')) {
        throw wrong("a text of 1 to %d characters on one line".formatted(longest), text);
      }
      return text;
    };
  }

  static Glob regions(String text) {
    var glob = new Glob(text);
    if (glob.isLiteral()) {
      return new Glob(new Region(text).name());
    }
    if (!REGION_GLOB.matcher(text).matches()) {
      throw wrong("a Region such as eu-west-1, or a pattern for some with * or ?: eu-*", text);
    }
    return glob;
  }

  static Glob globalDatastores(String text) {
    if (!DATASTORE_GLOB.matcher(text).matches()) {
      throw wrong("the id of a Global datastore, or a pattern for some with * or ?: ldgnf-*", text);
    }
    // Ids are kept in lower case: a capital letter must not make a rule match nothing.
    return new Glob(text.toLowerCase(Locale.ROOT));
  }

  static AccountId account(String text) {
    return new AccountId(text);
  }

  static Duration coolDown(String text) {
    return duration(text, LONGEST_COOL_DOWN)
        .orElseThrow(
            () -> wrong("an ISO-8601 duration above zero, at most 30 days, such as PT10M", text));
  }

  static Duration maxReplicationLag(String text) {
    return duration(text, LARGEST_LAG)
        .orElseThrow(
            () -> wrong("an ISO-8601 duration above zero, at most 1 hour, such as PT5S", text));
  }

  static Duration expiresAfter(String text) {
    return duration(text, LONGEST_WAIT)
        .orElseThrow(
            () -> wrong("an ISO-8601 duration above zero, at most 7 days, such as PT1H", text));
  }

  private static Optional<Duration> duration(String text, Duration longest) {
    try {
      return Optional.of(Duration.parse(text))
          .filter(it -> it.isPositive() && it.compareTo(longest) <= 0);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong("true or false", text);
    };
  }

  private static IllegalArgumentException wrong(String demanded, String seen) {
    return new IllegalArgumentException(
        "must be %s, but is '%s'".formatted(demanded, Quoted.shortened(seen)));
  }
}
