package dev.baton.bench;

import java.io.IOException;
import java.util.List;

/** One of the things that are measured, in processes of its own. */
interface Section {
  /** By which it can be asked for alone. */
  String name();

  List<Figure> measure(Application application, Scale scale)
      throws IOException, InterruptedException;
}
