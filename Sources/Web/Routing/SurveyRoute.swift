/// Addresses of user surveys (brugerundersøgelser). The list and what a wave says are open to
/// everybody.
public enum SurveyRoute: Hashable, Sendable {
    case list, new
    case one(Int64)
    /// What it says as a CSV file.
    case file(Int64)
    /// How far a wave is, for those who manage it.
    case manage(Int64)
    /// Makes the links, and is the file that they stand in.
    case links(Int64)
    /// What was written, for those who decide what is quoted.
    case words(Int64)
    case form(Int64, SurveyForm)

    /// What can be done with a wave.
    public enum SurveyForm: String, CaseIterable, Sendable { case edit, draw, send, end, quote }

    public var path: String {
        switch self {
        case .list: "/surveys"
        case .new: "/surveys/new"
        case .one(let number): "/surveys/\(number)"
        case .file(let number): "/surveys/\(number)/results.csv"
        case .manage(let number): "/surveys/\(number)/manage"
        case .links(let number): "/surveys/\(number)/links.csv"
        case .words(let number): "/surveys/\(number)/words"
        case .form(let number, let form): "/surveys/\(number)/\(form.rawValue)"
        }
    }

    /// Whether everybody may see it.
    var isOpen: Bool {
        switch self {
        case .list, .one, .file: true
        case .new, .manage, .links, .words, .form: false
        }
    }

    /// The route of a path whose second part is `name`.
    init?(_ path: String, _ name: String) {
        var routes = [SurveyRoute.new]
        if let number = Int64(name), number > 0 {
            routes += [
                .one(number), .file(number), .manage(number), .links(number), .words(number),
            ]
            routes += SurveyForm.allCases.map { .form(number, $0) }
        }
        guard let route = routes.first(where: { $0.path == path }) else { return nil }
        self = route
    }
}
