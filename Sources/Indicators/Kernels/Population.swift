import Registry

/// Benefits with the match categories that count under them; the population of a
/// measure is a list of these.
struct PopulationClause: Hashable, Sendable {
    var benefits: Set<Benefit>
    /// Nil for any category, also none.
    var categories: Set<MatchCategory>?
}

/// Who counts, by benefit and match category together: for each benefit a bit per
/// category, the last bit for none.
struct PairMask: Sendable {
    /// The benefits of each category as 16 bits, the first category lowest, and those
    /// without a category.
    private let categories: UInt64
    private let uncategorised: UInt16
    /// A bit for each benefit that counts under any category.
    let benefits: UInt16
    /// True when everyone counts, also those on no benefit.
    let everyone: Bool

    private static let anyCategory = UInt8((1 << (MatchCategory.allCases.count + 1)) - 1)

    /// `population` narrowed by the request's filter; nil for no narrowing.
    init(_ population: [PopulationClause]?, _ filter: PopulationFilter) {
        var masks = [UInt8](repeating: 0, count: Benefit.allCases.count + 1)
        let narrowed = filter.benefits != nil || filter.matchCategories != nil
        everyone = population == nil && !narrowed
        let clauses = population ?? [PopulationClause(benefits: Set(Benefit.allCases))]
        let asked = PairMask.bits(filter.matchCategories)
        for clause in clauses {
            for benefit in clause.benefits where filter.benefits?.contains(benefit) ?? true {
                masks[Codes.position(benefit)] |= PairMask.bits(clause.categories) & asked
            }
        }
        if everyone { masks[Atoms.noBenefit] = PairMask.anyCategory }
        var categories: UInt64 = 0
        var uncategorised: UInt16 = 0
        for (benefit, mask) in masks.enumerated() {
            for category in 0..<4 where mask & (1 << category) != 0 {
                categories |= 1 << UInt64(category * 16 + benefit)
            }
            if mask & (1 << Atoms.noCategory) != 0 { uncategorised |= 1 << UInt16(benefit) }
        }
        self.categories = categories
        self.uncategorised = uncategorised
        benefits = masks.indices.reduce(0) { $0 | (masks[$1] == 0 ? 0 : 1 << UInt16($1)) }
    }

    private static func bits(_ categories: Set<MatchCategory>?) -> UInt8 {
        guard let categories else { return anyCategory }
        return categories.reduce(0) { $0 | 1 << UInt8(Codes.position($1)) }
    }

    @inline(__always)
    func contains(_ benefit: Int, _ category: UInt8) -> Bool {
        category < Atoms.noCategory
            ? categories &>> (UInt64(category) &* 16 &+ UInt64(truncatingIfNeeded: benefit)) & 1
                != 0
            : uncategorised &>> UInt16(truncatingIfNeeded: benefit) & 1 != 0
    }
}

/// The request's filter, compiled: what is left when benefit and match category
/// are taken out (they are in `PairMask`).
struct Selection: Sendable {
    let groups: UInt32
    let everyGroup: Bool
    let places: Column<Bool>
    let usesAge: Bool
    /// True when the filter asks about the persons themselves.
    let picksPersons: Bool
    private let sexes: UInt32
    private let origins: UInt32
    private let bases: UInt32

    init(_ filter: PopulationFilter, _ register: Register, cutByAge: Bool, _ arena: Arena) {
        everyGroup = filter.targetGroups == nil
        groups = Selection.bits(filter.targetGroups)
        sexes = Selection.bits(filter.sexes)
        origins = Selection.bits(filter.origins)
        bases = Selection.bits(filter.residenceBases)
        picksPersons =
            filter.sexes != nil || filter.origins != nil || filter.residenceBases != nil
        usesAge = cutByAge || filter.ages != nil
        places = arena.column(
            register.municipalities.map { filter.municipalities?.contains($0) ?? true })
    }

    /// Unknown is bit 31 here and 0xFF in the columns; both meet in `bit`.
    private static func bits<Value: CaseIterable & Hashable>(_ values: Set<Value>?) -> UInt32 {
        guard let values else { return .max }
        return values.reduce(0) { $0 | 1 << UInt32(Codes.position($1)) }
    }

    @inline(__always)
    private func bit(_ code: UInt8) -> UInt32 { 1 << UInt32(code & 31) }

    @inline(__always)
    func holds(_ person: Int, _ register: Register) -> Bool {
        sexes & bit(register.sex[person]) != 0 && origins & bit(register.origin[person]) != 0
            && bases & bit(register.basis[person]) != 0
    }

    @inline(__always)
    func holds(group: UInt8) -> Bool { groups & bit(group) != 0 }
}
