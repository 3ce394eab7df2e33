namespace Isobar.Local.Deployment;

/// <summary>One output as DescribeStacks shows it.</summary>
internal sealed record StackOutput(string Key, string Value, string? Description, string? ExportName);
