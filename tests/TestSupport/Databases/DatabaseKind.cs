namespace ReleaseDashboard.TestSupport.Databases;

/// <summary>The databases that the product runs on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}
