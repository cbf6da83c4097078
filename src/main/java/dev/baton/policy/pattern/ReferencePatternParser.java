package dev.baton.policy.pattern;

import dev.baton.policy.document.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads the syntax of a {@link ReferencePattern}, a part of the one that Java's patterns have. */
final class ReferencePatternParser {
  private static final int MOST_TIMES = 255;
  private static final char END = '\0';

  private final String source;
  private int at;

  ReferencePatternParser(String source) {
    this.source = source;
  }

  Expression parse() {
    if (source.indexOf(END) >= 0) {
      throw wrong("a character NUL");
    }
    var all = alternatives();
    if (peek() != END) {
      throw wrong("a ) without its (");
    }
    return all;
  }

  private Expression alternatives() {
    List<Expression> parts = new ArrayList<>();
    do {
      parts.add(sequence());
    } while (skip("|"));
    return parts.size() == 1 ? parts.getFirst() : new Expression.AnyOf(parts);
  }

  private Expression sequence() {
    List<Expression> parts = new ArrayList<>();
    while (peek() != END && peek() != '|' && peek() != ')') {
      parts.add(quantified(atom()));
    }
    return new Expression.InTurn(parts);
  }

  private Expression atom() {
    return switch (peek()) {
      case '(' -> group();
      case '[' -> characterClass();
      case '.' -> {
        at++;
        yield new Expression.One(one -> "\n\r\u0085\u2028\u2029".indexOf(one) < 0);
      }
      case '\\' -> new Expression.One(escape());
      case '^', '$' ->
          throw wrong("an anchor, which is not needed: the whole reference has to match anyway");
      case '*', '+', '?', '{' -> throw wrong("a quantifier with nothing before it to repeat");
      case ']', '}' -> throw wrong("a bracket that was not opened; a \\ before it means itself");
      default -> {
        var literal = source.charAt(at++);
        yield new Expression.One(one -> one == literal);
      }
    };
  }

  private Expression group() {
    var opened = at++;
    if (peek() == '?' && !skip("?:")) {
      throw wrong("a special group; only ( ) and (?: ) are known");
    }
    var inside = alternatives();
    if (!skip(")")) {
      at = opened;
      throw wrong("a ( without its )");
    }
    return inside;
  }

  private Expression quantified(Expression part) {
    var repeated =
        switch (peek()) {
          case '*' -> repeated(part, 0, Integer.MAX_VALUE);
          case '+' -> repeated(part, 1, Integer.MAX_VALUE);
          case '?' -> repeated(part, 0, 1);
          case '{' -> counted(part);
          default -> part;
        };
    if ("*+?{".indexOf(peek()) >= 0) {
      throw wrong("a second quantifier; put what it repeats into ( )");
    }
    return repeated;
  }

  private Expression repeated(Expression part, int least, int most) {
    at++;
    return new Expression.Repeated(part, least, most);
  }

  private Expression counted(Expression part) {
    var opened = at++;
    var least = count();
    var most = !skip(",") ? least : peek() == '}' ? Integer.MAX_VALUE : count();
    if (least > most || !skip("}")) {
      at = opened;
      throw wrong("not one of {n}, {n,} and {n,m} with n not above m");
    }
    return new Expression.Repeated(part, least, most);
  }

  private int count() {
    int value = 0;
    var began = at;
    while (isDigit(peek()) && value <= MOST_TIMES) {
      value = value * 10 + (source.charAt(at++) - '0');
    }
    if (at == began || value > MOST_TIMES) {
      at = began;
      throw wrong("not a number from 0 to " + MOST_TIMES);
    }
    return value;
  }

  private Expression characterClass() {
    var opened = at++;
    var isNegated = skip("^");
    IntPredicate allowed = one -> false;
    do {
      if (peek() == END) {
        at = opened;
        throw wrong("a [ without its ]");
      }
      allowed = allowed.or(classMember());
    } while (!skip("]"));
    return new Expression.One(isNegated ? allowed.negate() : allowed);
  }

  private IntPredicate classMember() {
    if (peek() == '\\' && isShorthand(at + 1)) {
      return escape();
    }
    var from = classCharacter();
    if (peek() != '-' || at + 1 >= source.length() || source.charAt(at + 1) == ']') {
      return one -> one == from;
    }
    at++;
    var to = classCharacter();
    if (from > to) {
      throw wrong("the end of a range that runs backwards");
    }
    return one -> isBetween(one, from, to);
  }

  private char classCharacter() {
    if (peek() == '\\' && !isShorthand(at + 1)) {
      return escapedLiteral();
    }
    if ("[]&^\\".indexOf(peek()) >= 0) {
      throw wrong("a character that has to stand behind a \\ inside [ ]");
    }
    return source.charAt(at++);
  }

  private IntPredicate escape() {
    if (!isShorthand(at + 1)) {
      var literal = escapedLiteral();
      return one -> one == literal;
    }
    var letter = source.charAt(at + 1);
    at += 2;
    IntPredicate named =
        switch (Character.toLowerCase(letter)) {
          case 'd' -> ReferencePatternParser::isDigit;
          case 'w' -> ReferencePatternParser::isWord;
          default -> one -> " \t\n\u000B\f\r".indexOf(one) >= 0;
        };
    return Character.isUpperCase(letter) ? named.negate() : named;
  }

  private char escapedLiteral() {
    if (at + 1 >= source.length() || isWord(source.charAt(at + 1))) {
      throw wrong("an unknown escape; known are \\d \\w \\s \\D \\W \\S and \\ before a sign");
    }
    at += 2;
    return source.charAt(at - 1);
  }

  private boolean isShorthand(int index) {
    return index < source.length() && "dwsDWS".indexOf(source.charAt(index)) >= 0;
  }

  private static boolean isDigit(int one) {
    return isBetween(one, '0', '9');
  }

  private static boolean isWord(int one) {
    return isDigit(one) || isBetween(one, 'a', 'z') || isBetween(one, 'A', 'Z') || one == '_';
  }

  private static boolean isBetween(int one, char from, char to) {
    return one >= from && one <= to;
  }

  private char peek() {
    return at < source.length() ? source.charAt(at) : END;
  }

  private boolean skip(String expected) {
    if (!source.startsWith(expected, at)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(
        "must be a pattern such as [A-Z]+-[0-9]+, but '%s' has at character %d %s"
            .formatted(Quoted.shortened(source), at + 1, what));
  }
}
