import Chronology
import Effects
import Identifiers
import Indicators
import Law
import Parameters
import Plans
import Registry
import Storage

/// Everything the use cases stand on. Made once, by the program that wires the
/// house, and passed on.
public struct House: Sendable {
    public let engine: any StorageEngine
    public let clock: Clock
    public let texts: TextCatalogue
    public let municipalities: MunicipalityList
    public let catalogue: Catalogue
    public let plans: [EmploymentPlan]
    public let suppression: Suppression
    let protocols: ProtocolBook
    let trials: TrialShelf
    let registers: RegisterShelf
    let publishedFigures: PublishedShelf
    let packs = PackShelf()
    /// How it stands with the members of shared pools that have installations of their own.
    public let poolLinks = PoolLinks()
    let law: LawShelf
    let names: NameShelf
    let days: DayShelf
    let ownFiles = OwnShelf()
    let events: EventShelf
    let orders: FactShelf<OrderBook>
    let companies: FactShelf<CompanyBook>
    let jobEvents: FactShelf<EventBook>
    let jobShops: FactShelf<ShopBook>
    let feedback: FactShelf<FeedbackBook>
    let quality: FactShelf<QualityBook>
    let complaints: FactShelf<ComplaintBook>
    let adviser: FactShelf<AdviserBook>
    let matching: MatchingShelf
    let lookups: LookupQueue

    /// `ahead`: a register of the same engine and catalogue already under way.
    public init(
        engine: any StorageEngine, clock: Clock, texts: TextCatalogue,
        municipalities: MunicipalityList, catalogue: Catalogue, plans: [EmploymentPlan],
        suppression: Suppression = Suppression(), lawChoices: LocalChoices = LocalChoices(),
        protocols: ProtocolBook = ProtocolBook(protocols: []), ahead: RegisterAhead? = nil
    ) {
        self.engine = engine
        self.clock = clock
        self.texts = texts
        self.municipalities = municipalities
        self.catalogue = catalogue
        self.plans = plans
        self.suppression = suppression
        self.protocols = protocols
        trials = TrialShelf(engine)
        registers = RegisterShelf(engine: engine, catalogue: catalogue, ahead: ahead)
        publishedFigures = PublishedShelf(engine: engine)
        names = NameShelf(engine)
        lookups = LookupQueue(engine)
        law = LawShelf(engine, choices: lawChoices)
        days = DayShelf(engine, law)
        events = EventShelf(engine)
        orders = FactShelf(engine)
        companies = FactShelf(engine)
        jobEvents = FactShelf(engine)
        jobShops = FactShelf(engine)
        feedback = FactShelf(engine)
        quality = FactShelf(engine)
        complaints = FactShelf(engine)
        adviser = FactShelf(engine)
        matching = MatchingShelf(engine)
    }

    /// The stamp for something `actor` does now.
    func stamp(_ actor: Actor, _ purpose: String) -> Stamp {
        Stamp(
            actor: actor.signature, role: actor.role.rawValue, purpose: purpose, at: clock.now(),
            on: clock.today())
    }
}
