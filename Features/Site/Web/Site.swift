package import Interface

/// All routes of a site, in one list: the inventory.
package enum Site {
  package static func routes(_ doors: Doors, metrics: @escaping @Sendable () -> String) -> [Route] {
    SpaceRoutes.routes(doors) + SignInRoutes.routes(doors) + PasswordResetRoutes.routes(doors) + AccountRoutes.routes(doors)
      + AddressRoutes.routes(doors)
      + SecondFactorRoutes.routes(doors)
      + ReadingRoutes.routes(doors) + ResourceRoutes.routes(doors) + HistoryRoutes.routes(doors, passages: .articles) + SlipRoutes.routes(doors)
      + VoteRoutes.routes(doors) + FollowRoutes.routes(doors)
      + ArgumentRoutes.routes(doors)
      + SourceRoutes.routes(doors)
      + WordingRoutes.routes(doors) + RevisionRoutes.routes(doors, passages: .articles) + WithdrawRoutes.routes(doors) + ProposalRoutes.routes(doors)
      + ModerationRoutes.routes(doors)
      + SearchRoutes.routes(doors)
      + SpaceAdminRoutes.routes(doors) + PhaseRoutes.routes(doors) + NewsRoutes.routes(doors) + SpacePartRoutes.routes(doors)
      + UploadRoutes.routes(doors)
      + TextAdminRoutes.routes(doors) + SettingsRoutes.routes(doors) + RoleRoutes.routes(doors)
      + LegalRoutes.routes(doors) + MailRoutes.routes(doors) + SetupRoutes.routes(doors)
      + PeopleAdminRoutes.routes(doors)
      + OpenDataRoutes.routes(doors)
      + SiteRoutes.routes(doors, metrics: metrics)
  }
}
