package dev.baton.policy;

import java.util.List;

/** The policy in force, which people change while Baton runs. */
public interface Policies {

  /** What is in force now. */
  Policy inForce();

  /**
   * What is in force now, and stays so to the end of the transaction: whoever changes it waits
   * until then. So what is committed in the transaction was decided by the policy of its time.
   */
  Policy heldInForce();

  /**
   * What would be in force with this document in the place of the one of its name. Nothing is
   * stored.
   *
   * @param document YAML or JSON
   * @throws dev.baton.problem.ProblemException if it can't be used
   */
  Draft draft(String document);

  /**
   * The same for a policy of that name.
   *
   * @throws dev.baton.problem.ProblemException if the document has another
   */
  Draft draft(String name, String document);

  /**
   * The document of a policy that is in force, as it was sent.
   *
   * @throws dev.baton.problem.ProblemException if no policy in force has this name
   */
  String document(String name);

  /**
   * A document that isn't in force.
   *
   * @param name the policy's name
   * @param policy all that would be in force with it
   * @param warnings what its author may not mean
   */
  record Draft(String name, Policy policy, List<PolicyWarning> warnings) {
    public Draft {
      warnings = List.copyOf(warnings);
    }
  }
}
