import Identifiers
import Jobcenter

/// The municipalities that one server serves. Each has a desk with sessions of its own, so
/// nobody is signed in with one by what another gave. More than one is for the demonstration.
struct Desks: Sendable {
    private let home: Desk
    private let all: [String: Desk]

    /// Of `municipalities` the first answers those who have chosen none.
    init(
        _ house: House, _ configuration: WebConfiguration, _ municipalities: [HomeMunicipality],
        random: @escaping @Sendable () -> UInt64
    ) {
        let desks = municipalities.map { municipality in
            Desk(
                house, configuration, municipality: municipality,
                served: municipalities.count > 1 ? municipalities : [], random: random)
        }
        home = desks[0]
        all = Dictionary(
            uniqueKeysWithValues: desks.map { ($0.municipality.code.description, $0) })
    }

    var site: String? { home.configuration.site }

    /// The desk of the municipality that is chosen at sign-in, or was.
    func desk(for call: Call) -> Desk {
        if case .pool(.feeds(_, let member)) = Route(path: call.path) { return all[member] ?? home }
        let chosen = Route(path: call.path) == .signIn ? call.form["municipality"] : nil
        return (chosen ?? call.cookies["municipality"]).flatMap { all[$0] } ?? home
    }
}
