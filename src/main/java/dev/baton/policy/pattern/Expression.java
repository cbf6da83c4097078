package dev.baton.policy.pattern;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A part of a {@link ReferencePattern}. From all places where it may begin it finds all places
 * where it may end, at once: nothing is ever tried twice, so no pattern can make it slow.
 */
sealed interface Expression {

  BitSet ends(String text, BitSet starts);

  /** One character. */
  record One(IntPredicate allowed) implements Expression {
    @Override
    public BitSet ends(String text, BitSet starts) {
      var ends = new BitSet();
      for (int at = starts.nextSetBit(0); at >= 0; at = starts.nextSetBit(at + 1)) {
        if (at < text.length() && allowed.test(text.charAt(at))) {
          ends.set(at + 1);
        }
      }
      return ends;
    }
  }

  /** One part after the other. */
  record InTurn(List<Expression> parts) implements Expression {
    @Override
    public BitSet ends(String text, BitSet starts) {
      var ends = starts;
      for (var part : parts) {
        ends = part.ends(text, ends);
      }
      return ends;
    }
  }

  /** Any of the parts. */
  record AnyOf(List<Expression> parts) implements Expression {
    @Override
    public BitSet ends(String text, BitSet starts) {
      var ends = new BitSet();
      parts.forEach(part -> ends.or(part.ends(text, starts)));
      return ends;
    }
  }

  /** The same part, at least and at most so many times. */
  record Repeated(Expression part, int least, int most) implements Expression {
    @Override
    public BitSet ends(String text, BitSet starts) {
      var fresh = atLeast(text, starts);
      var ends = (BitSet) fresh.clone();
      for (int times = least; times < most && !fresh.isEmpty(); times++) {
        var next = (BitSet) part.ends(text, fresh).clone();
        next.andNot(ends);
        ends.or(next);
        fresh = next;
      }
      return ends;
    }

    private BitSet atLeast(String text, BitSet starts) {
      var ends = starts;
      for (int times = 0; times < least; times++) {
        var next = part.ends(text, ends);
        if (next.equals(ends)) {
          return ends;
        }
        ends = next;
      }
      return ends;
    }
  }
}
