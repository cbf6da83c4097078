package dev.baton.evacuation;

import dev.baton.core.AccountId;
import dev.baton.core.GlobalDatastoreId;
import dev.baton.core.Region;
import dev.baton.evacuation.Plan.Eta;
import dev.baton.evacuation.Plan.LeftOut;
import dev.baton.evacuation.Plan.Planned;
import dev.baton.failover.MemberAssessment;
import dev.baton.failover.MemberAssessment.Assessed;
import dev.baton.failover.MemberAssessment.Busy;
import dev.baton.failover.MemberAssessment.Candidate;
import dev.baton.failover.MemberAssessment.Common;
import dev.baton.globaldatastore.AwsEnvironment;
import dev.baton.globaldatastore.Census;
import dev.baton.globaldatastore.GlobalDatastore;
import dev.baton.globaldatastore.Member;
import dev.baton.globaldatastore.Observation;
import dev.baton.policy.ApprovalDemand;
import dev.baton.policy.DecisionOutcome;
import dev.baton.policy.PolicyDecision;
import dev.baton.policy.Requester;
import dev.baton.policy.pattern.Glob;
import dev.baton.problem.ProblemException;
import dev.baton.problem.ProblemType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Plans: which Global datastores go where, with which wave, and which don't and why. It costs the
 * pages of AWS's lists and as many statements for a thousand as for one.
 */
@Component
class EvacuationPlanner {
  /** AWS publishes no limit; at about this pace changing calls begin. */
  private static final double CALLS_PER_SECOND = 10;

  private static final double ABOUT_A_MINUTE = 60;

  private final Census census;
  private final MemberAssessment assessment;
  private final EvacuationMemberTable members;
  private final AwsEnvironment aws;

  EvacuationPlanner(
      Census census,
      MemberAssessment assessment,
      EvacuationMemberTable members,
      AwsEnvironment aws) {
    this.census = census;
    this.assessment = assessment;
    this.members = members;
    this.aws = aws;
  }

  /** A plan for all that is selected, as AWS shows it now. */
  Plan plan(EvacuationTerms terms, Requester requester) {
    var selection = new Selection(terms, requester);
    for (var account : accounts(terms)) {
      selection.add(account, views(account, census.latestAfterReading(account)));
    }
    return selection.plan();
  }

  private List<AccountId> accounts(EvacuationTerms terms) {
    var named = terms.selector().accountIds();
    return named.isEmpty() ? aws.accountIds() : named;
  }

  /** A plan for taking back what an evacuation has moved. */
  Plan rollback(EvacuationTerms terms, Requester requester, List<EvacuationMember> moved) {
    var selection = new Selection(terms, requester);
    moved.stream()
        .collect(Collectors.groupingBy(EvacuationMember::accountId))
        .forEach((account, members) ->
            selection.addMoved(
                account, members, views(account, census.latestAfterReading(account))));
    return selection.plan();
  }

  private static Map<GlobalDatastoreId, List<Observation>> views(
      AccountId account, List<Observation> shown) {
    return shown.stream()
        .filter(view -> view.accountId().equals(account))
        .collect(Collectors.groupingBy(view -> view.datastore().id()));
  }

  /** What is chosen, bit by bit. */
  private final class Selection {
    private final EvacuationTerms terms;
    private final Requester requester;
    private final List<Judged> judged = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    private record Judged(AccountId accountId, Assessed assessed) {}

    private Selection(EvacuationTerms terms, Requester requester) {
      this.terms = terms;
      this.requester = requester;
    }

    private void add(AccountId account, Map<GlobalDatastoreId, List<Observation>> views) {
      var candidates = new ArrayList<Candidate>();
      views.keySet().stream()
          .sorted(Comparator.comparing(GlobalDatastoreId::value))
          .filter(this::isMeant)
          .forEach(id -> choose(account, view(views.getOrDefault(id, List.of())), candidates));
      terms.selector().globalReplicationGroupIds().stream()
          .filter(pattern -> new Glob(pattern).isLiteral())
          .filter(id -> views.keySet().stream().noneMatch(known -> known.value().equals(id)))
          .forEach(
              id -> leave(account, new GlobalDatastoreId(id), "no Region served here shows it"));
      assess(account, candidates);
    }

    private boolean isMeant(GlobalDatastoreId id) {
      return terms.selector().all()
          || terms.selector().globalReplicationGroupIds().stream()
              .anyMatch(pattern -> new Glob(pattern).matches(id.value()));
    }

    private boolean isNamed(GlobalDatastoreId id) {
      return terms.selector().globalReplicationGroupIds().contains(id.value());
    }

    /** As the first of the target Regions shows it that does; they know best. */
    private GlobalDatastore view(List<Observation> views) {
      return terms.toRegions().stream()
          .flatMap(region -> views.stream().filter(view -> view.region().equals(region)))
          .findFirst()
          .or(() -> views.stream().max(Comparator.comparing(Observation::beganAt)))
          .map(Observation::datastore)
          .orElseThrow();
    }

    private void choose(AccountId account, GlobalDatastore datastore, List<Candidate> candidates) {
      var primary = datastore.primary().map(Member::region);
      if (primary.isEmpty()) {
        leave(account, datastore.id(), "AWS shows no single primary of it");
      } else if (!primary.get().equals(terms.fromRegion())) {
        // What a pattern happens to fit is not meant, as long as it is not there.
        if (isNamed(datastore.id())) {
          leave(account, datastore.id(), "its primary is in " + primary.get());
        }
      } else {
        target(datastore)
            .ifPresentOrElse(
                target -> candidates.add(new Candidate(datastore, target, Optional.empty())),
                () ->
                    leave(
                        account,
                        datastore.id(),
                        "it has no member in %s, only in %s"
                            .formatted(
                                names(terms.toRegions()),
                                names(datastore.members().stream().map(Member::region).toList()))));
      }
    }

    private Optional<Member> target(GlobalDatastore datastore) {
      return terms.toRegions().stream()
          .flatMap(region -> datastore.memberIn(region).stream())
          .findFirst();
    }

    private void addMoved(
        AccountId account,
        List<EvacuationMember> moved,
        Map<GlobalDatastoreId, List<Observation>> views) {
      var candidates = new ArrayList<Candidate>();
      for (var member : moved) {
        var id = member.globalReplicationGroupId();
        var move = member.move().orElseThrow();
        Optional.ofNullable(views.get(id))
            .map(this::view)
            .ifPresentOrElse(
                datastore -> {
                  var primary = datastore.primary().map(Member::region);
                  var back = datastore.memberIn(move.source());
                  if (!primary.equals(Optional.of(move.target()))) {
                    leave(
                        account,
                        id,
                        "its primary is no longer in %s, but in %s"
                            .formatted(
                                move.target(),
                                primary.map(Region::name).orElse("no single Region")));
                  } else if (back.isEmpty()
                      || !back.get().replicationGroupId().equals(move.sourceGroup())) {
                    leave(
                        account,
                        id,
                        "%s in %s, which was primary before, is no member any more"
                            .formatted(move.sourceGroup(), move.source()));
                  } else {
                    candidates.add(new Candidate(datastore, back.get(), member.failoverId()));
                  }
                },
                () -> leave(account, id, "no Region served here shows it any more"));
      }
      assess(account, candidates);
    }

    private void assess(AccountId account, List<Candidate> candidates) {
      var busy = assessment.busy(account, terms.mode());
      var elsewhere =
          members.partOf(account, candidates.stream().map(one -> one.datastore().id()).toList());
      var free = candidates.stream().filter(one -> isFree(account, one, busy, elsewhere)).toList();
      var common =
          new Common(
              terms.mode(),
              terms.reason(),
              terms.reference(),
              terms.acceptDataLoss(),
              terms.overrides(),
              requester);
      for (var one : assessment.of(account, common, free)) {
        if (one.decision().outcome() == DecisionOutcome.REFUSED) {
          leave(account, one.candidate().datastore().id(), refusals(one.decision()));
        }
        judged.add(new Judged(account, one));
      }
    }

    private boolean isFree(
        AccountId account,
        Candidate candidate,
        Map<GlobalDatastoreId, Busy> busy,
        Map<GlobalDatastoreId, UUID> elsewhere) {
      var id = candidate.datastore().id();
      var other = elsewhere.get(id);
      var failover = Optional.ofNullable(busy.get(id)).filter(one -> !one.givesWay());
      if (other != null) {
        leave(account, id, "it is part of evacuation " + other);
      } else if (failover.isPresent()) {
        leave(
            account,
            id,
            "failover %s of it is %s"
                .formatted(failover.get().failoverId(), failover.get().status()));
      }
      return other == null && failover.isEmpty();
    }

    private void leave(AccountId account, GlobalDatastoreId id, String why) {
      leftOut.add(new LeftOut(account, id, why));
    }

    private Plan plan() {
      refuseMisusedOverrides();
      var planned = new ArrayList<Planned>();
      var demanded = new LinkedHashSet<ApprovalDemand>();
      for (var one : judged) {
        if (one.assessed().decision().outcome() != DecisionOutcome.REFUSED) {
          planned.add(planned(one, wave(planned.size())));
          demanded.addAll(one.assessed().demanded());
        }
      }
      return new Plan(planned, leftOut, List.copyOf(demanded), eta(planned));
    }

    /** One that helps nobody is not meant. */
    private void refuseMisusedOverrides() {
      var useless = new HashSet<>(terms.overrides());
      judged.forEach(one -> {
        var misused = one.assessed().misusedOverrides();
        useless.removeIf(name -> !misused.contains(name));
      });
      if (!useless.isEmpty() && !judged.isEmpty()) {
        throw new ProblemException(
            ProblemType.OVERRIDE_REFUSED,
            "There is nothing to set aside, or it can't be, of %s for any of the %d selected. Nothing"
                    .formatted(
                        useless.stream().sorted().collect(Collectors.joining(", ")), judged.size())
                + " was changed.");
      }
    }

    private int wave(int before) {
      var canary = terms.canary();
      if (before < canary) {
        return 1;
      }
      var first = canary > 0 ? 2 : 1;
      return terms.waveSize().map(size -> first + (before - canary) / size).orElse(first);
    }

    private Planned planned(Judged one, int wave) {
      var candidate = one.assessed().candidate();
      var source = candidate.datastore().primary().orElseThrow();
      var target = candidate.target();
      return new Planned(
          wave,
          one.accountId(),
          candidate.datastore().id(),
          new EvacuationMember.Move(
              source.region(),
              source.replicationGroupId(),
              target.region(),
              target.replicationGroupId()),
          one.assessed().decision(),
          one.assessed().readiness(),
          one.assessed().lagSeconds(),
          candidate.failbackOf());
    }

    private Eta eta(List<Planned> planned) {
      var waves =
          planned.stream().collect(Collectors.groupingBy(Planned::wave, Collectors.counting()));
      var past =
          planned.stream().map(Planned::accountId).findFirst().flatMap(assessment::pastPromotions);
      var promotion = past.map(it -> it.median()).orElse(ABOUT_A_MINUTE);
      var seconds =
          waves.values().stream().mapToDouble(size -> seconds(size, promotion)).sum()
              + Math.max(0, waves.size() - 1) * (double) terms.pauseBetweenWaves().toSeconds();
      return new Eta(
          Math.round(seconds),
          "by waves (%d), about %.0f calls a second and Region, and %s"
              .formatted(
                  waves.size(),
                  CALLS_PER_SECOND,
                  past.map(it ->
                          "the median of the last %d promotions in the account"
                              .formatted(it.count()))
                      .orElse("about a minute a promotion, as AWS says")));
    }

    private double seconds(long size, double promotion) {
      return terms
          .maxConcurrent()
          .map(most -> Math.ceil((double) size / most) * promotion)
          .orElseGet(() -> size / CALLS_PER_SECOND + promotion);
    }
  }

  private static String refusals(PolicyDecision decision) {
    return decision.refusals().stream()
        .map(rule ->
            "policy refuses it, rule %s/%s: %s %s"
                .formatted(rule.policy(), rule.rule(), rule.seen(), rule.remedy())
                .strip())
        .collect(Collectors.joining("; "));
  }

  private static String names(List<Region> regions) {
    return regions.stream().map(Region::name).distinct().collect(Collectors.joining(", "));
  }
}
