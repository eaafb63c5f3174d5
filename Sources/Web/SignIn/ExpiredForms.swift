import Views

extension Visit {
    /// Nobody is signed in any more: signing in leads back to the form with what was typed.
    func signInAgain() -> Answer {
        page(
            SignInPage(
                action: Route.signIn.path, roles: Views.Role.allCases,
                returnTo: call.form["_form"].map { address(of: $0, call.form["purpose"]) },
                unsaved: unsaved), status: 401)
    }

    /// The form was made in another session, or comes from elsewhere. Nothing is done before
    /// somebody presses the button.
    func expired() -> Answer {
        page(
            ExpiredPage(
                unsaved: unsaved, action: Route.drafts.path,
                onwards: Link(text("views.section.home"), Route.home.path)), status: 403)
    }

    private var unsaved: UnsavedForm {
        let kept = Query(
            call.form.pairs.filter { !["_token", "_form", "_act"].contains($0.name) })
        let form = call.form["_form"]
        return UnsavedForm(
            hidden: form.map {
                [.init("_form", $0), .init("_unsaved", kept.encoded)]
            } ?? [],
            typed: kept.pairs.filter {
                $0.name != "purpose" && ($0.value.contains(" ") || $0.value.count > 12)
            }.map(
                \.value),
            hadFile: !call.files.isEmpty)
    }
}
