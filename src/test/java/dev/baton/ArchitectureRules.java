package dev.baton;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.baton.simulator.SimulatorApplication;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

/** What holds inside and across the modules; Spring Modulith checks what they may use. */
final class ArchitectureRules {
  private static final Set<String> KNOW_THE_SCHEDULER =
      Set.of(
          "dev.baton.globaldatastore.ObserverTask",
          "dev.baton.globaldatastore.Observers",
          "dev.baton.evacuation.EvacuationScheduling",
          "dev.baton.evacuation.EvacuationTask",
          "dev.baton.failover.FailoverTask",
          "dev.baton.failover.idempotency.IdempotencyKeyTask",
          "dev.baton.failover.FailoverScheduling");

  private static final Set<String> PROCESS =
      Set.of(
          "FailoverProcess",
          "BeforeTheCall",
          "AfterTheCall",
          "ProcessDecision",
          "Facts",
          "FailoverSnapshot",
          "AttemptSnapshot",
          "FailoverStatus",
          "FailoverEffect",
          "AttemptOutcome");

  private static final Set<String> EVACUATION =
      Set.of("EvacuationProcess", "Tally", "EvacuationMember", "EvacuationTerms");

  private static final Set<String> READINESS =
      Set.of(
          "ReadinessRules",
          "ReadinessFacts",
          "AnswersRule",
          "TopologyRule",
          "LagRule",
          "GroupRule",
          "LastFailoverRule",
          "KeptReadiness");

  private ArchitectureRules() {}

  static final ArchRule AWS_IN_ONE_PACKAGE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.baton.globaldatastore.aws..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..", "io.github.resilience4j..")
          .because("nothing above the adapter knows an AWS error code, and one layer owns retries");

  static final ArchRule SCHEDULER_IN_NAMED_CLASSES =
      noClasses()
          .that(are("not among the few that know the scheduler", ArchitectureRules::isNoTask))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.kagkarlsson..")
          .because("the engine that runs tasks must stay exchangeable, and its tasks hold nothing");

  static final ArchRule CORE_USES_THE_JDK =
      classes()
          .that()
          .resideInAPackage("dev.baton.core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "dev.baton.core..",
              "com.fasterxml.jackson.annotation..",
              "org.jspecify.annotations..",
              "org.springframework.modulith..")
          .because("every module speaks these values");

  static final ArchRule PROCESS_IS_PURE =
      pure(are("part of the process", type -> in(type, "failover", PROCESS::contains)));

  static final ArchRule EVACUATION_IS_PURE =
      pure(are("the process", type -> in(type, "evacuation", EVACUATION::contains)));

  static final ArchRule READINESS_IS_PURE =
      pure(are("rules of readiness", type -> in(type, "globaldatastore", READINESS::contains)));

  static final ArchRule POLICY_IS_PURE =
      pure(
          are(
              "the evaluator",
              type ->
                  in(type, "policy", _ -> true)
                      && Stream.of("store", "gate", "hold")
                          .noneMatch(part -> in(type, "policy." + part, _ -> true))));

  static final ArchRule ONE_SOURCE_OF_TIME =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.baton.simulator..")
          .and()
          .doNotHaveFullyQualifiedName(TimeConfiguration.class.getName())
          .should(readTheTime())
          .because("a test must be able to move the time");

  static final ArchRule NO_FIELD_INJECTION =
      NO_CLASSES_SHOULD_USE_FIELD_INJECTION.because("an object is complete once it is made");

  static final ArchRule NO_OTHER_LOGGING =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(SimulatorApplication.class.getName())
          .should(ACCESS_STANDARD_STREAMS)
          .orShould(USE_JAVA_UTIL_LOGGING)
          .because("there is one log, and only the simulator on its own talks to a terminal");

  static final ArchRule CONTROLLERS_ARE_PRIVATE =
      classes()
          .that()
          .areAnnotatedWith(RestController.class)
          .should()
          .bePackagePrivate()
          .because("other modules talk to a module, not to its web pages");

  static final ArchRule NAMES_SAY_SOMETHING =
      noClasses()
          .should()
          .haveNameMatching(".*(Manager|Helper|Utils?|Impl)")
          .because("a name says what a thing is for");

  static final ArchRule NOTHING_IS_DELETED =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .areAssignableTo(Repository.class)
          .should()
          .haveNameMatching("(delete|remove).*")
          .because("what happened stays on record")
          .allowEmptyShould(true);

  static final ArchRule REPOSITORIES_INHERIT_NO_DELETE =
      classes()
          .that()
          .areAssignableTo(Repository.class)
          .should()
          .notBeAssignableTo(CrudRepository.class)
          .because("it brings delete along");

  static final ArchRule APPENDS_IN_THE_CALLERS_TRANSACTION =
      methods()
          .that()
          .areDeclaredInClassesThat(simpleNameEndingWith("AuditLog"))
          .and()
          .haveName("append")
          .should(joinATransaction())
          .because("a change and its entry are committed together, or neither is");

  static final ArchRule PACKAGES_ARE_NULL_MARKED =
      classes().should(beInANullMarkedPackage()).because("no null crosses a boundary unseen");

  static final ArchRule NO_CYCLES =
      slices()
          .matching("dev.baton.(**)")
          .should()
          .beFreeOfCycles()
          .because("a package must be understood without those that use it");

  static Stream<ArchRule> all() {
    return Stream.of(
        AWS_IN_ONE_PACKAGE,
        SCHEDULER_IN_NAMED_CLASSES,
        CORE_USES_THE_JDK,
        PROCESS_IS_PURE,
        EVACUATION_IS_PURE,
        READINESS_IS_PURE,
        POLICY_IS_PURE,
        ONE_SOURCE_OF_TIME,
        NO_FIELD_INJECTION,
        NO_OTHER_LOGGING,
        CONTROLLERS_ARE_PRIVATE,
        NAMES_SAY_SOMETHING,
        NOTHING_IS_DELETED,
        REPOSITORIES_INHERIT_NO_DELETE,
        APPENDS_IN_THE_CALLERS_TRANSACTION,
        PACKAGES_ARE_NULL_MARKED,
        NO_CYCLES);
  }

  static ArchRule pure(DescribedPredicate<JavaClass> types) {
    return noClasses()
        .that(types)
        .should(
            dependOnClassesThat(
                resideInAnyPackage(
                        "org.springframework..",
                        "java.sql..",
                        "javax.sql..",
                        "jakarta..",
                        "org.hibernate..")
                    .and(not(resideInAnyPackage("org.springframework.modulith..")))
                    .or(are("a clock", type -> type.isAssignableTo(java.time.InstantSource.class)))
                    .or(are("a clock", type -> type.isEquivalentTo(Clock.class)))))
        .because("it must run through millions of schedules with nothing but values");
  }

  static DescribedPredicate<JavaClass> are(String what, Predicate<JavaClass> test) {
    return DescribedPredicate.describe("are " + what, test);
  }

  private static boolean isNoTask(JavaClass type) {
    return !KNOW_THE_SCHEDULER.contains(outermost(type).getName());
  }

  private static boolean in(JavaClass type, String module, Predicate<String> name) {
    var outer = outermost(type);
    var packages = "dev.baton." + module + ".";
    return (outer.getPackageName() + ".").startsWith(packages)
        && !outer.getSimpleName().equals("package-info")
        && name.test(outer.getSimpleName());
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureRules::outermost).orElse(type);
  }

  private static ArchCondition<JavaClass> readTheTime() {
    return new ArchCondition<>("read the time") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream.concat(
                type.getCodeUnitCallsFromSelf().stream(),
                type.getCodeUnitReferencesFromSelf().stream())
            .filter(access -> isTime(access))
            .forEach(access ->
                events.add(SimpleConditionEvent.satisfied(type, access.getDescription())));
      }
    };
  }

  private static boolean isTime(JavaAccess<? extends AccessTarget> access) {
    var owner = access.getTargetOwner();
    var name = access.getTarget().getName();
    return (owner.getPackageName().equals("java.time") && name.equals("now"))
        || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
        || (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
        || (owner.isEquivalentTo(Date.class) && name.equals("<init>"));
  }

  private static ArchCondition<JavaMethod> joinATransaction() {
    return new ArchCondition<>("demand a transaction") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        var demands =
            method
                .tryGetAnnotationOfType(Transactional.class)
                .filter(found -> found.propagation() == Propagation.MANDATORY)
                .isPresent();
        events.add(
            new SimpleConditionEvent(
                method, demands, method.getFullName() + " has MANDATORY: " + demands));
      }
    };
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        var marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                type, marked, type.getPackageName() + " is @NullMarked: " + marked));
      }
    };
  }
}
