using Microsoft.EntityFrameworkCore.Design.Internal;

namespace ReleaseDashboard.Migrations;

internal sealed class ConsoleReporter : IOperationReporter
{
    public void WriteError(string message) => Console.Error.WriteLine(message);

    public void WriteWarning(string message) => Console.Error.WriteLine(message);

    public void WriteInformation(string message) => Console.WriteLine(message);

    public void WriteVerbose(string message) { }
}
