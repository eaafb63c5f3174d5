/// When each of many short meetings is held, so that nobody is in two at once (tidsplan for
/// jobdating).
public enum MeetingSlots {
    /// A slot from 1 to `slots` for each meeting between a candidate and an opening; nil where
    /// somebody has more meetings than there are slots, which is the only thing that can be in
    /// the way (König). Meetings stay in the slot of `earlier` as far as those before them in
    /// the order of the pairs leave it free. O(meetings² × slots).
    public static func plan(
        _ meetings: Set<AssignmentProblem.Pair>, slots: Int,
        earlier: [AssignmentProblem.Pair: Int] = [:]
    ) -> [AssignmentProblem.Pair: Int]? {
        var table = Table(slots: max(0, slots))
        let sorted = meetings.sorted()
        let first = sorted.filter { earlier[$0] != nil }
        for pair in first + sorted.filter({ earlier[$0] == nil }) {
            guard table.place(pair, wish: earlier[pair]) else { return nil }
        }
        return table.slotOf
    }

    /// Who meets whom in which slot.
    private struct Table {
        enum Side: Hashable {
            case candidate(Int)
            case opening(Int)
        }

        let slots: Int
        var slotOf: [AssignmentProblem.Pair: Int] = [:]
        private var taken: [Side: [Int: AssignmentProblem.Pair]] = [:]

        init(slots: Int) { self.slots = slots }

        private func isFree(_ side: Side, _ slot: Int) -> Bool { taken[side]?[slot] == nil }

        private func firstFree(_ side: Side) -> Int? {
            slots < 1 ? nil : (1...slots).first { isFree(side, $0) }
        }

        private mutating func set(_ pair: AssignmentProblem.Pair, _ slot: Int) {
            slotOf[pair] = slot
            taken[.candidate(pair.candidate), default: [:]][slot] = pair
            taken[.opening(pair.opening), default: [:]][slot] = pair
        }

        private mutating func clear(_ pair: AssignmentProblem.Pair) {
            guard let slot = slotOf.removeValue(forKey: pair) else { return }
            taken[.candidate(pair.candidate)]?[slot] = nil
            taken[.opening(pair.opening)]?[slot] = nil
        }

        /// False where one of the two has no slot left.
        mutating func place(_ pair: AssignmentProblem.Pair, wish: Int?) -> Bool {
            let one = Side.candidate(pair.candidate)
            let other = Side.opening(pair.opening)
            if let wish, (1...max(1, slots)).contains(wish), isFree(one, wish), isFree(other, wish)
            {
                set(pair, wish)
                return true
            }
            guard let ours = firstFree(one), let theirs = firstFree(other) else { return false }
            if let both = (1...slots).first(where: { isFree(one, $0) && isFree(other, $0) }) {
                set(pair, both)
                return true
            }
            // The opening is busy in `ours` and free in `theirs`: swapping the two slots along
            // the way that begins there frees `ours`, and the way never comes to the candidate.
            var way: [AssignmentProblem.Pair] = []
            var side = other
            var slot = ours
            while let next = taken[side]?[slot] {
                way.append(next)
                side =
                    side == .opening(next.opening)
                    ? .candidate(next.candidate) : .opening(next.opening)
                slot = slot == ours ? theirs : ours
            }
            let swapped = way.map { ($0, slotOf[$0] == ours ? theirs : ours) }
            for pair in way { clear(pair) }
            for (pair, slot) in swapped { set(pair, slot) }
            set(pair, ours)
            return true
        }
    }
}
