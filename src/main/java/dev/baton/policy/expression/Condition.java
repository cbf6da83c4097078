package dev.baton.policy.expression;

import dev.baton.policy.document.Quoted;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A condition in CEL that was compiled: it is boolean, and what it can cost is bounded. */
public final class Condition {
  private static final int LONGEST = 2000;
  private static final int MOST_STEPS = 200_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(30)
          .comprehensionMaxIterations(10_000)
          .maxRegexProgramSize(1000)
          .build();

  private static final Cel COMPILER = compiler();
  private static final CelValidator LITERALS =
      CelValidatorFactory.standardCelValidatorBuilder(COMPILER)
          .addAstValidators(
              RegexLiteralValidator.INSTANCE,
              TimestampLiteralValidator.INSTANCE,
              DurationLiteralValidator.INSTANCE)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();

  private final String source;
  private final Set<String> variables;
  private final CelRuntime.Program program;

  /**
   * Compiles it.
   *
   * @throws IllegalArgumentException if it isn't CEL, names what doesn't exist, isn't boolean, or
   *     may cost too much
   */
  public Condition(String source) {
    if (source.length() > LONGEST) {
      throw new IllegalArgumentException(
          "must be a CEL expression of at most %d characters, but has %d"
              .formatted(LONGEST, source.length()));
    }
    this.source = source;
    try {
      var tree = checked(COMPILER.compile(source));
      checked(LITERALS.validate(tree));
      this.variables = named(tree);
      this.program = RUNTIME.createProgram(tree);
    } catch (CelValidationException | CelEvaluationException wrong) {
      throw new IllegalArgumentException(
          "must be a CEL expression, but '%s' can't be used: %s"
              .formatted(Quoted.shortened(source), wrong.getMessage()),
          wrong);
    }
  }

  /** The names of the variables that it looks at, such as {@code lag}. */
  public Set<String> variables() {
    return variables;
  }

  /**
   * Whether it is true. An error is no answer, never a false or a true.
   *
   * @param values by the variables' names; a struct is a map by the names of its fields
   */
  public Answer ask(Map<String, ?> values) {
    try {
      return program.eval(values) instanceof Boolean value
          ? new Answer.Truth(value)
          : new Answer.None("it is neither true nor false");
    } catch (CelEvaluationException | RuntimeException failed) {
      return new Answer.None(reason(failed));
    }
  }

  private static String reason(Exception failed) {
    var message = String.valueOf(failed.getMessage());
    return Quoted.shortened(message.replaceFirst("^evaluation error( at <input>:\\d+)?: ", ""));
  }

  private CelAbstractSyntaxTree checked(CelValidationResult result) throws CelValidationException {
    if (result.hasError()) {
      throw new IllegalArgumentException(
          "must be a CEL expression, but '%s' can't be read: %s"
              .formatted(
                  Quoted.shortened(source),
                  result.getErrors().stream()
                      .map(Condition::told)
                      .collect(Collectors.joining("; "))));
    }
    var tree = result.getAst();
    if (!tree.getResultType().equals(SimpleType.BOOL)) {
      throw new IllegalArgumentException(
          "must be true or false, but '%s' is of type %s"
              .formatted(Quoted.shortened(source), tree.getResultType().name()));
    }
    var steps = ExpressionCost.of(tree);
    if (steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "must take at most %d steps, but '%s' can take more"
              .formatted(MOST_STEPS, Quoted.shortened(source)));
    }
    return tree;
  }

  private static String told(CelIssue issue) {
    var at = issue.getSourceLocation();
    return "line %d, character %d: %s"
        .formatted(at.getLine(), at.getColumn() + 1, issue.getMessage().replaceAll("\\s+", " "));
  }

  private static Set<String> named(CelAbstractSyntaxTree tree) {
    return tree.getReferenceMap().values().stream()
        .map(CelReference::name)
        .filter(new Vocabulary().variables()::containsKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Cel compiler() {
    var vocabulary = new Vocabulary();
    var builder =
        CelFactory.plannerCelBuilder()
            .setOptions(OPTIONS)
            .setTypeProvider(vocabulary)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
    vocabulary.variables().forEach(builder::addVar);
    return builder.build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Condition that && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  @Override
  public String toString() {
    return source;
  }
}
