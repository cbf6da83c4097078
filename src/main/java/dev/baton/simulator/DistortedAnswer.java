package dev.baton.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Makes of a right answer what a {@link Fault.Distortion} says. */
final class DistortedAnswer {

  private static final byte[] GARBAGE =
      "<html><body><h1>502 Bad Gateway</h1><hr><p>Injected.".getBytes(StandardCharsets.UTF_8);

  private static final byte CBOR_TEXT_OF_EIGHT_BYTES_LENGTH = 0x7B;
  private static final byte CBOR_TEXT = 0x60;

  private DistortedAnswer() {}

  private interface Filling {
    AnswerBody of(byte[] answer, long letters);
  }

  static AnswerBody xml(Fault.Distortion fault, QueryRequest request, byte[] answer) {
    return distort(
        fault, answer, DistortedAnswer::filledXml, body -> withEndlessMarker(request, body));
  }

  static AnswerBody cbor(Fault.Distortion fault, byte[] answer) {
    return distort(fault, answer, DistortedAnswer::filledCbor, DistortedAnswer::withEndlessToken);
  }

  private static AnswerBody distort(
      Fault.Distortion fault, byte[] answer, Filling filling, UnaryOperator<byte[]> endless) {
    return switch (fault.shape()) {
      case GARBAGE -> AnswerBody.whole(GARBAGE);
      case HALF -> AnswerBody.whole(Arrays.copyOf(answer, answer.length / 2));
      case BROKEN_OFF -> AnswerBody.brokenOff(answer);
      case EMPTY -> AnswerBody.whole(new byte[0]);
      case HUGE -> filling.of(answer, fault.letters());
      case ENDLESS_MARKER -> AnswerBody.whole(endless.apply(answer));
    };
  }

  private static AnswerBody filledXml(byte[] answer, long letters) {
    String text = new String(answer, StandardCharsets.UTF_8);
    int end = text.lastIndexOf("</");
    return AnswerBody.filled(
        bytes(text.substring(0, end) + "<Filling>"),
        letters,
        bytes("</Filling>" + text.substring(end)));
  }

  /** What can't be continued is answered as usual. */
  private static byte[] withEndlessMarker(QueryRequest request, byte[] answer) {
    String text = new String(answer, StandardCharsets.UTF_8);
    if (!request.action().startsWith("Describe")) {
      return answer;
    }
    String result = "<" + request.action() + "Result>";
    String marker = "<Marker>" + Page.ofTheFirst(request.requestId()) + "</Marker>";
    return bytes(text.replaceFirst("<Marker>[^<]*</Marker>", "").replace(result, result + marker));
  }

  /** The answer is a map of indefinite length: its last byte is the break, and keys may follow. */
  private static AnswerBody filledCbor(byte[] answer, long letters) {
    ByteBuffer head = ByteBuffer.allocate(answer.length - 1 + 8 + 1 + Long.BYTES);
    head.put(answer, 0, answer.length - 1)
        .put((byte) (CBOR_TEXT + 7))
        .put(bytes("Filling"))
        .put(CBOR_TEXT_OF_EIGHT_BYTES_LENGTH)
        .putLong(letters);
    return AnswerBody.filled(head.array(), letters, new byte[] {answer[answer.length - 1]});
  }

  private static byte[] withEndlessToken(byte[] answer) {
    ByteBuffer endless = ByteBuffer.allocate(answer.length + 1 + 9 + 2);
    endless
        .put(answer, 0, answer.length - 1)
        .put((byte) (CBOR_TEXT + 9))
        .put(bytes("NextToken"))
        .put((byte) (CBOR_TEXT + 1))
        .put((byte) '0')
        .put(answer[answer.length - 1]);
    return endless.array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
