import Matching

/// An assignment as CSV and as JSON.
extension AssignmentWords {
    struct Answer: Encodable {
        var value: Int
        var filled: Int
        var given: [Given]
        var reasons: [Reason]?
    }

    struct Given: Encodable {
        var candidate: String
        var opening: String
        var value: Int
    }

    struct Named: Encodable {
        var candidate: String
        var opening: String
    }

    struct Reason: Encodable {
        var candidate: String
        var opening: String
        var value: Int
        /// fixed, forbidden, given or notGiven.
        var standing: String
        /// False when no answer can have the pair otherwise.
        var isPossibleOtherwise: Bool?
        var placesLost: Int?
        var valueLost: Int?
        var added: [Named]?
        var removed: [Named]?
        var text: String
    }

    struct Contradictions: Encodable {
        struct One: Encodable {
            var needed: Int
            var available: Int
            var text: String
        }
        var contradictions: [One]
    }

    func contradictions(_ found: [AssignmentContradiction]) -> Contradictions {
        Contradictions(
            contradictions: found.map {
                .init(needed: $0.needed, available: $0.available, text: text($0))
            })
    }

    func answer(_ answer: Assignment, _ reasons: [PairReason]?) -> Answer {
        let values = values()
        return Answer(
            value: answer.value, filled: answer.filled,
            given: answer.pairs.map { pair in
                let names = named(pair)
                return Given(
                    candidate: names.candidate, opening: names.opening, value: values[pair] ?? 0)
            }, reasons: reasons.map { $0.map(reason) })
    }

    /// The pairs given, or every pair asked about with what it would cost otherwise.
    func csv(_ answer: Assignment, _ reasons: [PairReason]?) -> String {
        guard let reasons else {
            let rows = self.answer(answer, nil).given.map {
                "\(field($0.candidate)),\(field($0.opening)),\($0.value)\n"
            }
            return "candidate,opening,value\n" + rows.joined()
        }
        let rows = reasons.map(reason).map { one in
            let cells: [String] = [
                field(one.candidate), field(one.opening), "\(one.value)", one.standing,
                one.placesLost.map { "\($0)" } ?? "", one.valueLost.map { "\($0)" } ?? "",
            ]
            return cells.joined(separator: ",") + "\n"
        }
        return "candidate,opening,value,standing,places_lost,value_lost\n" + rows.joined()
    }

    private func reason(_ reason: PairReason) -> Reason {
        let names = named(reason.pair)
        var one = Reason(
            candidate: names.candidate, opening: names.opening, value: reason.value,
            standing: "fixed", text: text(reason))
        let loss: PairReason.Loss?
        switch reason.standing {
        case .fixed: return one
        case .forbidden:
            one.standing = "forbidden"
            return one
        case .given(let otherwise):
            one.standing = "given"
            loss = otherwise
        case .notGiven(let otherwise):
            one.standing = "notGiven"
            loss = otherwise
        }
        one.isPossibleOtherwise = loss != nil
        one.placesLost = loss?.places
        one.valueLost = loss?.value
        one.added = loss?.added.map(named)
        one.removed = loss?.removed.map(named)
        return one
    }

    private func named(_ pair: AssignmentProblem.Pair) -> Named {
        let names = names(pair)
        return Named(candidate: names["candidate"] ?? "", opening: names["opening"] ?? "")
    }

    private func field(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r;".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
