package dev.baton.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.security.Caller;
import dev.baton.security.WebTestApplication;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The type of a problem is the address of a page that helps whoever got it. */
@SpringBootTest(
    classes = WebTestApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("local")
class ProblemPageTests {
  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";

  @LocalServerPort private int port;

  @Test
  void isWhereTheTypeOfARealProblemLeads() {
    var problem = Caller.demo(port, "alice").post("/v1/failovers", "{}");
    assertThat(problem.problem()).isEqualTo("400 /problems/invalid-request");

    var page = get(problem.json().path("type").stringValue(), BROWSER);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.http().body())
        .contains("<title>" + problem.json().path("title").stringValue())
        .contains("<code>violations</code>");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatItMeansAndWhyAndWhatToDo(ProblemType type) throws Exception {
    var page = get(type.uri().toString(), BROWSER);
    var text = get(type.uri().toString(), "text/plain").http().body();
    var json = get(type.uri().toString(), "application/json").json();

    var document = document(page);
    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    assertThat(texts(document, "h1")).containsExactly(type.title());
    assertThat(texts(document, "h2"))
        .containsExactly("What it means", "Why it happens", "What to do");
    assertThat(texts(document, "code").getFirst()).isEqualTo(type.uri().toString());
    assertThat(texts(document, "li")).hasSameSizeAs(json.path("steps"));

    assertThat(text)
        .startsWith("%d %s\n%s\n".formatted(type.status(), type.title(), type.uri()))
        .contains("\nWhat it means\n  ", "\nWhy it happens\n  ", "\nWhat to do\n  - ")
        .endsWith("\n");
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));

    assertThat(json.propertyNames())
        .containsExactly("type", "title", "status", "meaning", "cause", "remedy", "steps");
    assertThat(json.path("type").stringValue()).isEqualTo(type.uri().toString());
    assertThat(json.path("status").intValue()).isEqualTo(type.status());
    assertThat(json.path("meaning").stringValue()).hasSizeGreaterThan(30);
    assertThat(json.path("cause").stringValue()).hasSizeGreaterThan(30);
  }

  @Test
  void listsAll() throws Exception {
    var types = List.of(ProblemType.values()).stream().map(it -> it.uri().toString()).toList();

    var links = document(get("/problems", BROWSER)).getElementsByTagName("a");
    assertThat(links.getLength()).isEqualTo(types.size());
    for (int index = 0; index < links.getLength(); index++) {
      assertThat(links.item(index).getAttributes().getNamedItem("href").getTextContent())
          .isEqualTo(types.get(index));
    }
    assertThat(get("/problems", "text/plain").http().body()).contains(types);
    assertThat(get("/problems", "application/json").json().valueStream())
        .extracting(it -> it.path("type").stringValue())
        .containsExactlyElementsOf(types);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | text/plain",
        "text/* | text/plain",
        "text/html | text/html",
        "text/plain;q=0.5, text/html | text/html",
        "text/plain;q=0, */* | text/plain",
        "application/* | application/json",
        "application/json, text/html;q=0.9 | application/json",
        "image/png, */*;q=0.1 | text/plain"
      })
  void comesAsItIsWanted(String accept, String given) {
    for (var path : List.of("/problems", "/problems/forbidden")) {
      var answer = get(path, accept);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).startsWith(given);
      assertThat(answer.header("Vary")).isEqualTo("Accept");
    }
  }

  @Test
  void isTextForCurl() {
    assertThat(Caller.nobody(port).get("/problems/forbidden").http().body())
        .startsWith("403 The caller lacks a permission\n/problems/forbidden\n");
  }

  @ParameterizedTest
  @CsvSource({"image/png", "nonsense"})
  void isRefusedInFormatsThatItDoesNotHave(String accept) {
    assertThat(get("/problems/forbidden", accept).problem())
        .isEqualTo("406 /problems/not-acceptable");
  }

  @Test
  void doesNotDescribeWhatDoesNotExist() {
    assertThat(get("/problems/none", BROWSER).problem()).isEqualTo("404 /problems/not-found");
  }

  @Test
  void loadsNothingAndRunsNothing() {
    var page = get("/problems/forbidden", BROWSER);

    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.http().body().toLowerCase(Locale.ROOT))
        .doesNotContain("<script", "src=", "http:", "https:", "url(", "@import", "<link");
  }

  @Test
  void escapesWhatItShows() throws Exception {
    var odd = "<b> & \"x\" ' `</code><script>` \u202f";
    var problem = new ProblemDescription("/problems/\"<x>", odd, 400, odd, odd, odd, List.of(odd));

    var one = ProblemPage.of(problem);
    var all = ProblemPage.of(List.of(problem));

    for (var page : List.of(one, all)) {
      assertThat(page).doesNotContain("<b>", "<script", "<x>");
      assertThat(document(page).getElementsByTagName("script").getLength()).isZero();
    }
  }

  private Caller.Answer get(String path, String accept) {
    return Caller.nobody(port).with("Accept", accept).get(path);
  }

  private static Document document(Caller.Answer answer) throws Exception {
    return document(answer.http().body());
  }

  /** A page is XML at the same time, so a strict parser can tell whether it is well-formed. */
  private static Document document(String page)
      throws ParserConfigurationException, IOException, SAXException {
    assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setErrorHandler(new DefaultHandler());
    return builder.parse(new InputSource(new StringReader(page)));
  }

  private static List<String> texts(Document document, String tag) {
    var elements = document.getElementsByTagName(tag);
    return IntStream.range(0, elements.getLength())
        .mapToObj(index -> elements.item(index).getTextContent())
        .toList();
  }
}
