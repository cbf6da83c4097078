package dev.baton.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTests {
  @ParameterizedTest
  @CsvSource({"'', 0", "abc, 3", "ä, 1", "e\u0301, 1", "\ud83d\ude00, 2", "東京, 4", "한, 2", "ｱ, 2"})
  void countsWhatATerminalDraws(String text, int columns) {
    assertThat(Columns.of(text)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({"abc, 3, abc", "abcd, 3, ab…", "東京都, 5, 東京…", "東京都, 4, 東…", "a\u001b[31m, 9, a?[31m"})
  void cutsToTheColumnsThereAre(String text, int columns, String cut) {
    assertThat(Columns.fit(text, columns)).isEqualTo(cut);
    assertThat(Columns.of(cut)).isLessThanOrEqualTo(columns);
  }

  @Test
  void padsByColumns() {
    assertThat(Columns.padded("東", 4)).isEqualTo("東  ");
    assertThat(Columns.padded("abcde", 4)).isEqualTo("abcde");
  }
}
