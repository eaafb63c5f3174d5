import Chronology
import Identifiers
import Registry

/// Keeps the cases of the citizens who are on their own pages, until something is registered
/// about them or the day is over.
actor OwnShelf {
    /// What a case rests on: the latest registration about the citizen, and the day.
    struct State: Hashable {
        var latest: Int64
        var day: Day
    }

    private struct Key: Hashable {
        var citizen: CitizenID
        var municipality: MunicipalityCode
    }

    private var kept: [Key: (state: State, file: CitizenFile)] = [:]
    /// Those who are here in the same minutes; a case takes some 50 kB.
    private static let most = 1_000

    func file(
        of citizen: CitizenID, in municipality: MunicipalityCode, as state: State
    ) -> CitizenFile? {
        let found = kept[Key(citizen: citizen, municipality: municipality)]
        return found?.state == state ? found?.file : nil
    }

    func keep(_ file: CitizenFile, in municipality: MunicipalityCode, as state: State) {
        if kept.count >= Self.most { kept.removeAll(keepingCapacity: true) }
        kept[Key(citizen: file.citizen.id, municipality: municipality)] = (state, file)
    }
}
