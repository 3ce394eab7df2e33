namespace Isobar.Local.Commands;

/// <summary>Prints change sets, events and outputs as <c>sam deploy</c> does.</summary>
internal static class DeployTables
{
    private const int ActionWidth = 12;
    private const int NameWidth = 44;
    private const int TypeWidth = 34;

    private static readonly string Rule = new('-', ActionWidth + NameWidth + TypeWidth + 14);

    public static void Print(TextWriter console, IReadOnlyList<StackChangeView> changes)
    {
        console.WriteLine("CloudFormation stack changeset");
        console.WriteLine(Rule);
        console.WriteLine(Row("Operation", "LogicalResourceId", "ResourceType", "Replacement"));
        console.WriteLine(Rule);
        foreach (var change in changes)
        {
            var action = change.Action switch { "Add" => "+ Add", "Remove" => "- Delete", _ => "* Modify" };
            console.WriteLine(Row(action, change.LogicalId, change.Type, change.Replacement));
        }

        if (changes.Count == 0) console.WriteLine("(no resource; parameters or outputs change)");
        console.WriteLine(Rule);
    }

    public static void PrintEventsHeader(TextWriter console)
    {
        console.WriteLine("CloudFormation events from stack operations");
        console.WriteLine(Rule);
    }

    public static void Print(TextWriter console, StackEventView happened) => console.WriteLine(
        $"{happened.Status,-28} {happened.Type,-TypeWidth} {happened.LogicalId}"
            + (happened.Reason is { } reason ? $"  {reason}" : ""));

    public static void Print(TextWriter console, IReadOnlyList<StackOutputView> outputs)
    {
        console.WriteLine(Rule);
        if (outputs.Count == 0) return;
        console.WriteLine("CloudFormation outputs from deployed stack");
        console.WriteLine(Rule);
        foreach (var output in outputs) console.WriteLine($"{output.Key} = {output.Value}");
        console.WriteLine(Rule);
    }

    private static string Row(string action, string name, string type, string replacement) =>
        $"{action,-ActionWidth} {name,-NameWidth} {type,-TypeWidth} {replacement}";
}
