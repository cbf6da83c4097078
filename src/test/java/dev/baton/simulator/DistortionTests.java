package dev.baton.simulator;

import static dev.baton.simulator.Scene.OREGON;
import static dev.baton.simulator.Scene.SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.simulator.Fault.Shape;
import dev.baton.simulator.RecordedCall.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.elasticache.model.DescribeGlobalReplicationGroupsResponse;

class DistortionTests {

  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=any/20261122/us-west-2/%s/aws4_request,"
          + " SignedHeaders=host;x-amz-date, Signature=0123abcd";
  private static final String LIST = "Action=DescribeGlobalReplicationGroups&Version=2015-02-02";

  private final Scene scene = new Scene();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    http.close();
    scene.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"GARBAGE", "HALF", "BROKEN_OFF"})
  void actsButAnswersWhatNobodyCanRead(Shape shape) throws Exception {
    inject("\"kind\": \"%s\"".formatted(shape));

    assertThatThrownBy(scene::failOverToOregon).isInstanceOf(SdkClientException.class);

    assertThat(scene.simulator.effectivePromotions(SESSIONS)).isEqualTo(1);
    assertThat(scene.simulator.calls())
        .singleElement()
        .satisfies(call -> {
          assertThat(call.acted()).isTrue();
          assertThat(call.fault()).isEqualTo(shape.name());
          assertThat(call.progress()).isEqualTo(Progress.ANSWERED);
        });
  }

  @Test
  void answersWithoutABody() throws Exception {
    inject("\"kind\": \"EMPTY\"");

    assertThat(list().body().readAllBytes()).isEmpty();
  }

  @Test
  void closesTheConnectionInTheMiddleOfTheAnswer() throws Exception {
    inject("\"kind\": \"BROKEN_OFF\"");
    HttpResponse<InputStream> answer = list();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
  }

  @Test
  void answersWithAHundredMegabytes() throws Exception {
    inject("\"kind\": \"HUGE\"");

    try (InputStream body = list().body()) {
      assertThat(body.transferTo(OutputStream.nullOutputStream()))
          .isBetween(100_000_000L, 100_010_000L);
    }
  }

  @Test
  void answersReadablyWithTooMuch() throws Exception {
    inject("\"kind\": \"HUGE\", \"bytes\": 200000");

    assertThat(scene.statusAndPrimary()).isEqualTo("available us-east-1");
  }

  @Test
  void leadsFromPageToPageForEver() throws Exception {
    inject("\"kind\": \"ENDLESS_MARKER\", \"always\": true");

    List<DescribeGlobalReplicationGroupsResponse> pages =
        scene.in(OREGON).describeGlobalReplicationGroupsPaginator(all -> {}).stream()
            .limit(7)
            .toList();

    assertThat(pages).allSatisfy(page -> assertThat(page.globalReplicationGroups()).hasSize(1));
    assertThat(pages)
        .extracting(DescribeGlobalReplicationGroupsResponse::marker)
        .doesNotContainNull()
        .doesNotHaveDuplicates();
    scene.failOverToOregon();
  }

  @Test
  void distortsNoErrorAndStrikesOnlyWhatItIsMeantFor() throws Exception {
    inject("\"kind\": \"GARBAGE\", \"action\": \"FailoverGlobalReplicationGroup\"");

    assertThat(scene.statusAndPrimary()).isEqualTo("available us-east-1");
    assertThatThrownBy(scene::failOverToOregon).isInstanceOf(SdkClientException.class);
    scene.pass(Duration.ofSeconds(4));
    assertThat(scene.statusAndPrimary()).isEqualTo("available us-west-2");
  }

  private void inject(String body) throws Exception {
    assertThat(scene.post("/simulator/faults", "{" + body + "}").statusCode()).isEqualTo(200);
  }

  private HttpResponse<InputStream> list() throws Exception {
    return http.send(
        HttpRequest.newBuilder(scene.simulator.endpoint())
            .header("Authorization", SIGNED.formatted("elasticache"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(LIST))
            .build(),
        BodyHandlers.ofInputStream());
  }
}
