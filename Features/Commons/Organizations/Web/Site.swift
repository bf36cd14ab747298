package import Interface

/// All routes of a site, in one list: the inventory.
package enum Site {
  package static func routes(_ doors: Doors, metrics: @escaping @Sendable () -> String) -> [Route] {
    SpaceRoutes.routes(doors) + SignInRoutes.routes(doors) + AccountRoutes.routes(doors) + SecondFactorRoutes.routes(doors) + ReadingRoutes.routes(doors) + ResourceRoutes.routes(doors) + SearchRoutes.routes(doors)
      + SiteRoutes.routes(doors, metrics: metrics)
  }
}
