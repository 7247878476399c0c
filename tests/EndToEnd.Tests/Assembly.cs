[assembly: AssemblyFixture(typeof(ReleaseDashboard.TestSupport.Containers.DockerEngineLifetime))]
[assembly: AssemblyFixture(typeof(ReleaseDashboard.TestSupport.Databases.PostgresServerLifetime))]

// Each test starts the product, pip and git: more at once only makes all of them slower.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
