[assembly: AssemblyFixture(typeof(ReleaseDashboard.TestSupport.Databases.PostgresServerLifetime))]
