using System.Globalization;

namespace ReleaseDashboard.Web.Configuration;

/// <summary>
/// One process at a time works on a SQLite data folder. The operating system holds the lock, so that it ends with the
/// process however that ends; a file that only exists would stay behind after a kill.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="ConfigurationException">Another process holds the folder.</exception>
    public static DataFolderLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        var owner = Path.Combine(folder, "lock.owner");
        try
        {
            var file = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolderLock(file);
        }
        catch (IOException exception) when (exception is not DirectoryNotFoundException and not FileNotFoundException)
        {
            var who = File.Exists(owner) ? $"process {File.ReadAllText(owner)}" : "another process";
            throw new ConfigurationException([$"Data is '{folder}', which {who} works on. Stop it first, choose another folder with --data, or use PostgreSQL for several processes."]);
        }
    }

    public void Dispose() => _file.Dispose();
}
