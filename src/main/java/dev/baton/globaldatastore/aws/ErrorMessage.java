package dev.baton.globaldatastore.aws;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What an exception said, fit for the audit log: one line, short, without secrets. */
final class ErrorMessage {
  private static final int LONGEST = 300;
  private static final String ALWAYS_ADDED = " (SDK Attempt Count: 1)";

  private ErrorMessage() {}

  static String of(RuntimeException failure) {
    return firstLine(said(failure));
  }

  private static String said(RuntimeException failure) {
    if (failure instanceof AwsServiceException answer) {
      var details = answer.awsErrorDetails();
      return details == null || details.errorMessage() == null
          ? "AWS answered with HTTP status " + answer.statusCode() + " and without a reason"
          : details.errorMessage();
    }
    return failure.getMessage() == null
        ? failure.getClass().getSimpleName()
        : failure.getMessage().replace(ALWAYS_ADDED, "");
  }

  /** AWS repeats a badly signed request, session token and all, from the second line on. */
  static String firstLine(String text) {
    var line = text.strip().lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
