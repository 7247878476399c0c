using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ReleaseDashboard.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Makes EF Core's SQLite provider run on SQLitePCLRaw 2.0.6 and the system's SQLite (docs/decisions/0001): the provider
/// asks for a later assembly version, and the bundled library is older than the system's patched one.
/// Remove when SQLitePCLRaw 2.1 or later restores.
/// </summary>
internal static class SqliteNativeLibrary
{
    private const string SystemLibrary = "libsqlite3.so.0";

    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "It must run before the first use of the provider's types, from wherever that is.")]
    internal static void Initialize()
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
        {
            if (name.Name != "SQLitePCLRaw.core")
                return null;
            var file = Path.Combine(AppContext.BaseDirectory, "SQLitePCLRaw.core.dll");
            return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        };
        UseSystemLibrary();
    }

    // In a method of its own: the types below may only be touched once the resolver above is in place.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UseSystemLibrary()
    {
        NativeLibrary.SetDllImportResolver(
            typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            static (library, assembly, path) =>
                library == "e_sqlite3" && NativeLibrary.TryLoad(SystemLibrary, assembly, path, out var handle) ? handle : 0);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
    }
}
