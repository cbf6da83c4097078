package dev.baton.simulator;

/** How a Region that is dark treats a caller. In any case nothing is carried out there. */
public enum Darkness {
  /** The connection is closed at once. */
  CLOSES,
  /** The call is taken and never answered. */
  SILENT,
  /**
   * The Region's own port refuses connections. On the port that all Regions share a connection says
   * which Region it is for only when it is open: there it is closed, as with {@link #CLOSES}.
   */
  REFUSES
}
