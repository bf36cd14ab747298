extension LosingReason.Reason {
  /// The name of the reason for machines: it does not change. Its numbers are those of the case.
  package var code: String {
    switch self {
    case .tieBroken: "tie_broken"
    case .fewer: "fewer"
    case .worseDefeat: "worse_defeat"
    case .beatenThroughPath: "beaten_through_path"
    case .belowInLockedOrder: "below_in_locked_order"
    case .excluded: "excluded"
    case .excludedByTie: "excluded_by_tie"
    case .notInSecondRound: "not_in_second_round"
    case .lostLastRound: "lost_last_round"
    case .worseOrder: "worse_order"
    case .notFirstInOrderFound: "not_first_in_order_found"
    case .excludedInStage: "excluded_in_stage"
    case .seatsFull: "seats_full"
    case .weakerGrade: "weaker_grade"
    case .weakerMajorityValue: "weaker_majority_value"
    case .noMajority: "no_majority"
    case .notAboveStatusQuo: "not_above_status_quo"
    case .pathBackFromStatusQuo: "path_back_from_status_quo"
    }
  }
}
