using ReleaseDashboard.Bench;

// Prints each figure against its reference from the same run. Absolute times differ between machines; ratios tell.
var rows = new List<Row>
{
    await EngineOverhead.RunAsync(runs: 7),
    await ClickToProcess.RunAsync(runs: 200),
};
Table.Print(rows);
return 0;
