package dev.baton.policy.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The most steps that an expression can take, told before it ever runs: CEL always ends, but a few
 * nested loops may take years. It goes by the largest values that a request can bring.
 */
final class ExpressionCost {
  private static final Size TEXT = new Size(1000, 1);
  private static final Size TEXTS = new Size(100, 100);
  private static final long WRITTEN_NUMBER = 64;
  private static final Set<String> EACH_BY_EACH = Set.of("matches", "contains");

  private final CelAbstractSyntaxTree tree;
  private long steps;

  private ExpressionCost(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  static long of(CelAbstractSyntaxTree tree) {
    var cost = new ExpressionCost(tree);
    cost.walk(tree.getExpr(), Map.of());
    return cost.steps;
  }

  private Size walk(CelExpr expression, Map<String, Size> loops) {
    spend(1);
    return switch (expression.getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> loops.getOrDefault(expression.ident().name(), typical(type(expression)));
      case SELECT -> select(expression, loops);
      case CALL -> call(expression, loops);
      case LIST -> collected(expression.list().elements(), loops);
      case MAP ->
          collected(
              expression.map().entries().stream()
                  .flatMap(entry -> List.of(entry.key(), entry.value()).stream())
                  .toList(),
              loops);
      case COMPREHENSION -> loop(expression.comprehension(), loops);
      case STRUCT, NOT_SET ->
          throw new IllegalArgumentException("must not make an object such as request{…}");
    };
  }

  private static Size constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> new Size(constant.stringValue().length(), 1);
      case BYTES_VALUE -> new Size(constant.bytesValue().size(), 1);
      default -> Size.ONE;
    };
  }

  private Size select(CelExpr expression, Map<String, Size> loops) {
    var operand = walk(expression.select().operand(), loops);
    if (expression.select().testOnly()) {
      return Size.ONE;
    }
    return typical(type(expression)).or(new Size(operand.weight(), 1));
  }

  private Size call(CelExpr expression, Map<String, Size> loops) {
    var call = expression.call();
    var given = new ArrayList<Size>();
    call.target().ifPresent(target -> given.add(walk(target, loops)));
    call.args().forEach(argument -> given.add(walk(argument, loops)));
    var weight = given.stream().mapToLong(Size::weight).reduce(0, Size::sum);
    spend(
        EACH_BY_EACH.contains(call.function())
            ? given.stream().mapToLong(Size::weight).reduce(1, Size::product)
            : weight);
    return switch (call.function()) {
      case "_+_" -> given.stream().reduce(new Size(0, 0), Size::plus);
      case "_?_:_" -> given.stream().reduce(Size.ONE, Size::or);
      case "_[_]" -> element(given.getFirst(), type(expression));
      default ->
          isScalar(type(expression)) ? Size.ONE : new Size(Size.sum(weight, WRITTEN_NUMBER), 1);
    };
  }

  private Size collected(List<CelExpr> elements, Map<String, Size> loops) {
    long heaviest = 1;
    for (var element : elements) {
      heaviest = Math.max(heaviest, walk(element, loops).weight());
    }
    return new Size(elements.size(), heaviest);
  }

  private Size loop(CelExpr.CelComprehension loop, Map<String, Size> outer) {
    var range = walk(loop.iterRange(), outer);
    var rounds = range.parts();
    var result = walk(loop.accuInit(), outer);
    var inside = new HashMap<>(outer);
    var element =
        type(loop.iterRange()) instanceof ListType list
            ? element(range, list.elemType())
            : new Size(range.each(), range.each());
    inside.put(loop.iterVar(), element);
    inside.put(loop.iterVar2(), element);
    inside.put(loop.accuVar(), result);
    var before = steps;
    walk(loop.loopCondition(), inside);
    var grown = walk(loop.loopStep(), inside);
    result = result.plus(grown.times(rounds));
    steps = Size.sum(before, Size.product(rounds, steps - before));
    inside.put(loop.accuVar(), result);
    return walk(loop.result(), inside);
  }

  private static Size element(Size list, CelType type) {
    return isScalar(type) || type.kind() == CelKind.STRING
        ? new Size(list.each(), 1)
        : new Size(list.each(), list.each());
  }

  private static Size typical(CelType type) {
    return switch (type.kind()) {
      case STRING -> TEXT;
      case LIST -> TEXTS;
      default -> Size.ONE;
    };
  }

  private static boolean isScalar(CelType type) {
    return switch (type.kind()) {
      case BOOL, INT, UINT, DOUBLE, TIMESTAMP, DURATION, NULL_TYPE, TYPE -> true;
      default -> false;
    };
  }

  private CelType type(CelExpr expression) {
    return tree.getTypeOrThrow(expression.id());
  }

  private void spend(long more) {
    steps = Size.sum(steps, more);
  }
}
