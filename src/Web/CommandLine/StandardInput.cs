namespace ReleaseDashboard.Web.CommandLine;

/// <summary>Reads secrets: never from an argument, which other users of the machine can see.</summary>
internal static class StandardInput
{
    /// <summary>The first line; a person at a terminal types it unseen.</summary>
    public static async Task<string> ReadLineAsync(string prompt, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
            return await Console.In.ReadLineAsync(cancellationToken) ?? "";
        await Console.Error.WriteAsync(prompt);
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (key.KeyChar != '\0')
                typed.Append(key.KeyChar);
        }
        await Console.Error.WriteLineAsync();
        return typed.ToString();
    }
}
