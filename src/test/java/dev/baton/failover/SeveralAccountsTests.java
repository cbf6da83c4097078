package dev.baton.failover;

import static dev.baton.RunningBaton.FAIL_OVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.Ask;
import dev.baton.BatonTest;
import dev.baton.CalmWorld;
import dev.baton.RunningBaton;
import dev.baton.simulator.RecordedCall;
import dev.baton.simulator.SimulatedAccounts;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import dev.baton.simulator.Simulator;
import dev.baton.simulator.SimulatorSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Baton's own account, one whose role it assumes, and one that has another external id. */
@BatonTest
@Import(SeveralAccountsTests.Accounts.class)
class SeveralAccountsTests {
  private static final String OWN = "111122223333";
  private static final String OTHER = "444455556666";
  private static final String CLOSED = "777788889999";
  private static final SimulatedAccounts AWS =
      SimulatedAccounts.start(SimulatorSettings.local(), OWN, OTHER, CLOSED);

  @Autowired private RunningBaton baton;
  @Autowired private JdbcClient database;

  @TestConfiguration(proxyBeanMethods = false)
  static class Accounts {
    @Bean
    Simulator simulator() {
      return AWS.account(OWN);
    }
  }

  @DynamicPropertySource
  static void accounts(DynamicPropertyRegistry registry) {
    AWS.allow(role(OTHER), "right");
    AWS.allow(role(CLOSED), "right");
    registry.add("baton.aws.endpoint", AWS::endpoint);
    registry.add("baton.aws.accounts[0].id", () -> OWN);
    registry.add("baton.aws.accounts[1].id", () -> OTHER);
    registry.add("baton.aws.accounts[1].role-arn", () -> role(OTHER));
    registry.add("baton.aws.accounts[1].external-id", () -> "right");
    registry.add("baton.aws.accounts[2].id", () -> CLOSED);
    registry.add("baton.aws.accounts[2].role-arn", () -> role(CLOSED));
    registry.add("baton.aws.accounts[2].external-id", () -> "wrong");
  }

  @BeforeEach
  void calmDown() {
    AWS.account(OTHER).promotionsGo(CalmWorld.QUICK);
  }

  @Test
  void failsOverInOneAccountAndLeavesTheSameIdInTheOtherAlone() {
    var datastore = inBothAccounts();

    var id = baton.accepted(Ask.switchover(datastore).with("accountId", OTHER));

    var ended = baton.awaitEnd(id, "SUCCEEDED");
    assertThat(ended.path("accountId").stringValue()).isEqualTo(OTHER);
    assertThat(AWS.account(OTHER).effectivePromotions(datastore)).isEqualTo(1);
    assertThat(AWS.account(OWN).effectivePromotions(datastore)).isZero();
    assertThat(callsIn(OTHER, datastore)).isEqualTo(1);
    assertThat(callsIn(OWN, datastore)).isZero();
    assertThat(primaryOf(datastore, OTHER)).isEqualTo("us-west-2");
    assertThat(primaryOf(datastore, OWN)).isEqualTo("us-east-1");
  }

  @Test
  void failsTheSameIdOverInBothAccountsAtOnce() {
    var datastore = inBothAccounts();

    var own = baton.accepted(Ask.switchover(datastore).with("accountId", OWN));
    var other = baton.accepted(Ask.switchover(datastore).with("accountId", OTHER));

    baton.awaitEnd(own, "SUCCEEDED");
    baton.awaitEnd(other, "SUCCEEDED");
    assertThat(AWS.account(OWN).effectivePromotions(datastore)).isEqualTo(1);
    assertThat(AWS.account(OTHER).effectivePromotions(datastore)).isEqualTo(1);
  }

  @Test
  void demandsAnAccountAndNamesThoseThereAre() {
    var datastore = inBothAccounts();

    for (var ask :
        List.of(
            Ask.switchover(datastore),
            Ask.switchover(datastore).with("accountId", "000000000000"),
            Ask.switchover(datastore).with("accountId", "mine"))) {
      var answer = baton.ask(ask);
      assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
      var violation = answer.json().path("violations").get(0);
      assertThat(violation.path("field").stringValue()).isEqualTo("accountId");
      assertThat(violation.path("message").stringValue()).contains(OWN, OTHER, CLOSED);
    }
  }

  @Test
  void asksWhichAccountIsMeantWhereAnIdIsInSeveral() {
    var datastore = inBothAccounts();
    primaryOf(datastore, OWN);
    primaryOf(datastore, OTHER);

    var answer = baton.alice().get("/v1/global-datastores/" + datastore);

    assertThat(answer.problem()).isEqualTo("400 /problems/invalid-request");
    assertThat(answer.json().path("violations").get(0).path("message").stringValue())
        .contains(datastore, OWN, OTHER)
        .doesNotContain(CLOSED);
  }

  @Test
  void findsTheAccountOfAnIdThatIsInOneOnly() {
    var datastore = RunningBaton.newId();
    AWS.account(OTHER).add(simulated(datastore));

    var shown = baton.alice().get("/v1/global-datastores/" + datastore).json();

    assertThat(shown.path("accountId").stringValue()).isEqualTo(OTHER);
  }

  @Test
  void listsEachOfEachAccountOnceInTheirOrder() {
    var datastores = List.of(inBothAccounts(), inBothAccounts());
    datastores.forEach(datastore -> {
      primaryOf(datastore, OWN);
      primaryOf(datastore, OTHER);
    });

    var all = pages("");
    var other = pages("&accountId=" + OTHER);

    assertThat(all).isSorted().doesNotHaveDuplicates();
    for (var datastore : datastores) {
      assertThat(all).contains(OWN + " " + datastore, OTHER + " " + datastore);
      assertThat(other).contains(OTHER + " " + datastore);
    }
    assertThat(other).allSatisfy(item -> assertThat(item).startsWith(OTHER));
    assertThat(baton.alice().get("/v1/global-datastores?accountId=000000000000").problem())
        .isEqualTo("400 /problems/invalid-request");
  }

  @Test
  void showsTheAccountsInATable() {
    var datastore = inBothAccounts();
    primaryOf(datastore, OTHER);

    var table =
        baton
            .alice()
            .with("Accept", "text/plain")
            .get("/v1/global-datastores?limit=200&accountId=" + OTHER)
            .http()
            .body();

    assertThat(table.lines().findFirst()).get().asString().startsWith("ACCOUNT");
    assertThat(table).contains(OTHER + "  " + datastore);
  }

  @Test
  void saysWhichRoleIsDeniedAndServesTheOtherAccountsAllTheSame() {
    var datastore = inBothAccounts();
    AWS.account(CLOSED).add(simulated(datastore));

    var answer = baton.ask(Ask.switchover(datastore).with("accountId", CLOSED));

    assertThat(answer.problem()).isEqualTo("502 /problems/aws-refused");
    assertThat(answer.detail())
        .contains(role(CLOSED), "AccessDenied", "external id", "Nothing was changed");
    assertThat(AWS.account(CLOSED).calls()).isEmpty();
    baton.awaitEnd(baton.accepted(Ask.switchover(datastore).with("accountId", OTHER)), "SUCCEEDED");
  }

  @Test
  void observesEachRegionOfEachAccount() {
    var observers =
        database
            .sql("select task_instance from scheduled_tasks where task_name = 'observer'")
            .query(String.class)
            .list();

    assertThat(observers)
        .hasSize(9)
        .contains(OWN + "/us-east-1", OTHER + "/us-west-2", CLOSED + "/eu-west-1");
    var datastore = inBothAccounts();
    await()
        .atMost(RunningBaton.PATIENCE)
        .until(() -> pages("&accountId=" + OTHER).contains(OTHER + " " + datastore));
  }

  private String inBothAccounts() {
    var id = RunningBaton.newId();
    AWS.account(OWN).add(simulated(id));
    AWS.account(OTHER).add(simulated(id));
    return id;
  }

  private static SimulatedDatastore simulated(String id) {
    return SimulatedDatastore.of(
        id,
        Member.primary(id + "-use1", RunningBaton.VIRGINIA),
        Member.secondary(id + "-usw2", RunningBaton.OREGON),
        Member.secondary(id + "-euw1", RunningBaton.IRELAND));
  }

  private String primaryOf(String datastore, String account) {
    var answer =
        baton.alice().get("/v1/global-datastores/%s?accountId=%s".formatted(datastore, account));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.json().path("primaryRegion").stringValue();
  }

  private List<String> pages(String filter) {
    var items = new ArrayList<String>();
    var cursor = "";
    do {
      var page = baton.alice().get("/v1/global-datastores?limit=3" + filter + cursor).json();
      page.path("items").forEach(item -> items.add(name(item)));
      cursor =
          page.hasNonNull("nextCursor") ? "&cursor=" + page.path("nextCursor").stringValue() : "";
    } while (!cursor.isEmpty());
    return items;
  }

  private static String name(JsonNode item) {
    return item.path("accountId").stringValue()
        + " "
        + item.path("globalReplicationGroupId").stringValue();
  }

  private static long callsIn(String account, String datastore) {
    return AWS.account(account).calls().stream()
        .filter(call -> call.action().equals(FAIL_OVER))
        .map(RecordedCall::globalReplicationGroupId)
        .filter(datastore::equals)
        .count();
  }

  private static String role(String account) {
    return "arn:aws:iam::%s:role/baton".formatted(account);
  }
}
