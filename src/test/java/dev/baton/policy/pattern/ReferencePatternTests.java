package dev.baton.policy.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencePatternTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "[A-Z]+-[0-9]+ ~ OPS-17",
        "(INC|CHG)\\d{7} ~ CHG0012345",
        "(?:INC|CHG)-\\d+(,(INC|CHG)-\\d+)* ~ INC-1,CHG-22,INC-333",
        "[^a-z]+ ~ OPS 17",
        "\\w+\\s?\\W ~ OPS_1 #",
        "a| ~ ''",
        "a{2,} ~ aaaa",
        "a{0}b ~ b",
        "[a-] ~ -",
        ".* ~ anything at all"
      })
  void matchesTheWholeReference(String pattern, String reference) {
    assertThat(new ReferencePattern(pattern).matches(reference)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "[A-Z]+-[0-9]+, xOPS-17",
    "[A-Z]+-[0-9]+, OPS-17x",
    "[A-Z]+-[0-9]+, OPS-",
    "[A-Z]+-[0-9]+, ops-17",
    "[A-Z]+-[0-9]+, ''",
    "a{2}, aaa",
    "a{2}, a",
    "[^a-z]+, OPs",
    "\\D, 1"
  })
  void refusesWhatMatchesInPartOnly(String pattern, String reference) {
    assertThat(new ReferencePattern(pattern).matches(reference)).isFalse();
  }

  @Test
  void agreesWithJavasOwnPatterns() {
    var random = new Random(20_261_122);
    for (int round = 0; round < 20_000; round++) {
      var source = randomPattern(random, 3);
      var text = randomText(random);
      assertThat(new ReferencePattern(source).matches(text))
          .as("%s on '%s'", source, text)
          .isEqualTo(Pattern.matches(source, text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+b",
        "(a*)*b",
        "(a|aa)+b",
        "((a?){255}){255}b",
        "(((a{0,255}){0,255}){0,255}){255}b",
        "(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)(a?|b?)x",
        ".*.*.*.*.*.*.*.*.*.*.*.*b"
      })
  void staysQuickWhateverThePattern(String pattern) {
    var reference = "a".repeat(255);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThat(new ReferencePattern(pattern).matches(reference)).isFalse());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "(a 1",
        "a) 2",
        "[a 1",
        "[] 2",
        "[b-a] 5",
        "[a&&b] 3",
        "a] 2",
        "*a 1",
        "a** 3",
        "a+? 3",
        "a{2 2",
        "a{3,2} 2",
        "a{256} 3",
        "a{x} 3",
        "^a 1",
        "a$ 2",
        "(?=a) 2",
        "(a)\\1 4",
        "\\ 1"
      })
  void saysWhereAPatternIsWrong(String pattern, int character) {
    assertThatThrownBy(() -> new ReferencePattern(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'%s' has at character %d ", pattern, character);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void boundsThePatternItself(int length) {
    assertThatThrownBy(() -> new ReferencePattern("a".repeat(length)))
        .hasMessage("must be a pattern of 1 to 255 characters, but has %d", length);
  }

  private static String randomPattern(Random random, int depth) {
    var atoms = new String[] {"a", "b", ".", "[ab]", "[^a]", "\\d", "\\W", "1", "-", "[a-c1-]"};
    var pattern = new StringBuilder();
    int parts = 1 + random.nextInt(3);
    for (int part = 0; part < parts; part++) {
      var atom =
          depth > 0 && random.nextInt(3) == 0
              ? "("
                  + randomPattern(random, depth - 1)
                  + "|"
                  + randomPattern(random, depth - 1)
                  + ")"
              : atoms[random.nextInt(atoms.length)];
      var quantifiers = new String[] {"", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,}"};
      pattern.append(atom).append(quantifiers[random.nextInt(quantifiers.length)]);
    }
    return pattern.length() > 255 ? "a" : pattern.toString();
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(6);
    for (int at = 0; at < length; at++) {
      text.append("ab1-c\n".charAt(random.nextInt(6)));
    }
    return text.toString();
  }
}
