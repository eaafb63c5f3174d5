import Registry

/// Addresses of the quality of casework (ledelsestilsyn). What councils and groups said is open
/// to everybody.
public enum QualityRoute: Hashable, Sendable {
    case hub, heard
    case newSample
    case sample(Int64)
    /// What a closed sample shows as a CSV file.
    case figures(Int64)
    case close(Int64)
    /// One drawn case: what is found in it, and everything registered in it.
    case review(Int64)
    case caseFile(Int64)
    case actions, newAction
    case action(Int64)
    case training, newCourse
    case theme(TrainingTheme)
    case course(Int64)
    case groups, newGroup
    case group(Int64)
    case editGroup(Int64)
    case invite(Int64)
    /// What one who was invited said to taking part.
    case member(group: Int64, Int64)
    case councils, newMatter
    case matter(Int64)

    public var path: String {
        switch self {
        case .hub: "/quality"
        case .heard: "/quality/heard"
        case .newSample: "/quality/samples/new"
        case .sample(let number): "/quality/samples/\(number)"
        case .figures(let number): "/quality/samples/\(number)/figures.csv"
        case .close(let number): "/quality/samples/\(number)/close"
        case .review(let number): "/quality/cases/\(number)"
        case .caseFile(let number): "/quality/cases/\(number)/file"
        case .actions: "/quality/actions"
        case .newAction: "/quality/actions/new"
        case .action(let number): "/quality/actions/\(number)"
        case .training: "/quality/training"
        case .newCourse: "/quality/training/new"
        case .theme(let theme): "/quality/training/\(theme.rawValue)"
        case .course(let number): "/quality/training/\(number)"
        case .groups: "/quality/groups"
        case .newGroup: "/quality/groups/new"
        case .group(let number): "/quality/groups/\(number)"
        case .editGroup(let number): "/quality/groups/\(number)/edit"
        case .invite(let number): "/quality/groups/\(number)/invite"
        case .member(let group, let number): "/quality/groups/\(group)/members/\(number)"
        case .councils: "/quality/councils"
        case .newMatter: "/quality/councils/new"
        case .matter(let number): "/quality/councils/\(number)"
        }
    }

    /// Whether everybody may see it.
    var isOpen: Bool { self == .heard }

    /// The route of a path below `/quality`.
    init?(path: String, _ parts: [String]) {
        var routes: [QualityRoute] = [
            .hub, .heard, .newSample, .actions, .newAction, .training, .newCourse, .groups,
            .newGroup, .councils, .newMatter,
        ]
        routes += TrainingTheme.allCases.map { .theme($0) }
        let numbers = parts.compactMap { Int64($0) }.filter { $0 > 0 }
        if let number = numbers.first {
            routes += [
                .sample(number), .figures(number), .close(number), .review(number),
                .caseFile(number), .action(number), .course(number), .group(number),
                .editGroup(number),
                .invite(number), .matter(number),
            ]
            if numbers.count == 2 { routes.append(.member(group: number, numbers[1])) }
        }
        guard let route = routes.first(where: { $0.path == path }) else { return nil }
        self = route
    }
}
