using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design.Internal;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Migrations;

// Adds a migration for both databases: dotnet run --project tools/Migrations -- NAME
// Run it from the top of the repository, then read what it wrote.
if (args is not [var name])
{
    Console.Error.WriteLine("usage: dotnet run --project tools/Migrations -- NAME");
    return 2;
}

var target = Path.GetFullPath("src/Infrastructure");
var assembly = typeof(LedgerContext).Assembly;
foreach (var (folder, options) in new[]
         {
             ("Sqlite", new DatabaseOptions { SqliteFile = Path.Combine(Path.GetTempPath(), "migrations.db") }),
             ("Postgres", new DatabaseOptions { SqliteFile = "", Postgres = "Host=localhost" }),
         })
{
    await using var context = new LedgerContextFactory(options).Open();
    var services = new DesignTimeServicesBuilder(assembly, Assembly.GetExecutingAssembly(), new ConsoleReporter(), []).Build(context);
    using var scope = services.CreateScope();
    var scaffolder = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
    var migration = scaffolder.ScaffoldMigration(name, "ReleaseDashboard.Infrastructure", $"Persistence.Migrations.{folder}");
    var files = scaffolder.Save(target, migration, Path.Combine(target, "Persistence", "Migrations", folder), dryRun: false);
    Console.WriteLine($"{folder}: {files.MigrationFile}");
}
return 0;
