package dev.baton;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The lists as somebody sees them in a terminal. */
@BatonTest
class TextTableTests {
  @Autowired private RunningBaton baton;

  @Test
  void showsFailoversInColumns() {
    var datastore = baton.datastore();
    var id = baton.accepted(Ask.switchover(datastore));
    baton.awaitEnd(id, "SUCCEEDED");

    var lines = text("/v1/failovers?globalReplicationGroupId=" + datastore).lines().toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("REQUESTED").endsWith("ID");
    assertThat(lines.getLast())
        .contains("SUCCEEDED", "SWITCHOVER", datastore, "us-east-1", "us-west-2", "alice")
        .endsWith(id);
    for (var column : new String[] {"STATUS", "MODE", "FROM", "TO", "BY", "ID"}) {
      var at = lines.getFirst().indexOf(" " + column) + 1;
      assertThat(lines.getLast().charAt(at)).as(column).isNotEqualTo(' ');
      assertThat(lines.getLast().charAt(at - 1)).as(column).isEqualTo(' ');
    }
  }

  @Test
  void showsGlobalDatastoresAndHowToGetMore() {
    baton.datastore();

    var text = text("/v1/global-datastores?limit=1");

    assertThat(text.lines().findFirst().orElseThrow())
        .matches("GLOBAL DATASTORE +STATUS +PRIMARY +SECONDARIES +READINESS +OBSERVED");
    assertThat(text).contains("us-east-1");
    var more = text.lines().filter(line -> line.startsWith("more: ?cursor=")).findFirst();
    assertThat(more).isPresent();
    assertThat(text("/v1/global-datastores?limit=1&" + more.get().substring("more: ?".length())))
        .startsWith("GLOBAL DATASTORE");
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(text("/v1/failovers?requestedBy=nobody")).endsWith("(none)\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | application/json",
        "application/json | application/json",
        "text/plain | text/plain;charset=UTF-8",
        "text/* | text/plain;charset=UTF-8",
        "text/plain, application/json;q=0.5 | text/plain;charset=UTF-8",
        "text/plain;q=0.5, application/json | application/json",
        "text/html, */*;q=0.1 | application/json"
      })
  void givesTextToWhoWouldRatherHaveIt(String accept, String given) {
    var answer = baton.alice().with("Accept", accept).get("/v1/failovers?limit=1");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(given);
  }

  private String text(String path) {
    var answer = baton.alice().with("Accept", "text/plain").get(path);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    return answer.http().body();
  }
}
