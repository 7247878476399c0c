[assembly: AssemblyFixture(typeof(ReleaseDashboard.TestSupport.Containers.DockerEngineLifetime))]
