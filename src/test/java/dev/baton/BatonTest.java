package dev.baton;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * The whole of Baton, with a PostgreSQL and a simulator of its own, and times short enough to wait
 * for. All classes with this annotation share one start, so each test brings its own datastores.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = BatonApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "baton.simulator.port=0",
      "baton.observer.busy=200ms",
      "baton.observer.slowest=1s",
      "baton.aws.read-timeout=2s",
      "baton.aws.read-budget=3s",
      "baton.aws.call-timeout=2s",
      // what one test breaks, or has throttled, must not hold back the next
      "baton.aws.breaker-calls=1000",
      "baton.aws.changes-per-second=1000",
      "baton.aws.reads-per-second=1000",
      "baton.replication-lag.unknown-kept=100ms",
      // who counts what CloudWatch is asked must not meet the observers' question
      "baton.readiness.survey-every=10h",
      "baton.failover.facts-age=1s",
      "baton.failover.send-within=1500ms",
      "baton.failover.lands-margin=500ms",
      "baton.failover.resend-settling=500ms",
      "baton.failover.failure-settling=500ms",
      "baton.failover.promotion-deadline=5s"
    })
@ActiveProfiles("local")
@Import(RunningBaton.class)
@ExtendWith(CalmWorld.class)
public @interface BatonTest {}
