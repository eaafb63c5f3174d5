import Registry

/// Duties that set each other off for ever: what one asks for is what sets off the next.
enum RuleCircle {
    /// The ids of duties in a circle with `duty`, which stands first and last; nil when
    /// there is none. O(duties²).
    static func through(_ duty: Duty, among duties: [Duty]) -> [String]? {
        var seen: Set<String> = []
        return path(from: duty, to: duty, among: duties, &seen).map { [duty.id] + $0 }
    }

    private static func path(
        from duty: Duty, to goal: Duty, among duties: [Duty], _ seen: inout Set<String>
    ) -> [String]? {
        let asked = duty.versions.reduce(into: Set<ActKind>()) { acts, rule in
            if case .acts(let kinds) = rule.asks { acts.formUnion(kinds) }
        }
        for next in duties {
            guard case .act(let kinds) = next.trigger, !kinds.isDisjoint(with: asked) else {
                continue
            }
            if next.id == goal.id { return [goal.id] }
            guard seen.insert(next.id).inserted else { continue }
            if let rest = path(from: next, to: goal, among: duties, &seen) {
                return [next.id] + rest
            }
        }
        return nil
    }
}
