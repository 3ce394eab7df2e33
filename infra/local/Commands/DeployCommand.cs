using System.CommandLine;
using System.Net.Http.Json;

namespace Isobar.Local.Commands;

/// <summary>
/// Updates the stack of a running host: the command that AWS's users know as <c>sam deploy</c>, with the same words.
/// </summary>
internal static class DeployCommand
{
    public static Command Create()
    {
        var endpoint = HostClient.EndpointOption();
        var template = new Option<FileInfo?>("--template", "--template-file", "-t")
        {
            Description = "A template in the folder of the one that the host was started with "
                + "[default: that of the last update]",
        };
        var stackName = new Option<string?>("--stack-name")
        {
            Description = "The stack that is meant; another one than the host's is refused [default: the host's]",
        };
        var overrides = new Option<string[]>("--parameter-overrides")
        {
            Description = "Template parameters as Name=value pairs; the others keep the values that they have",
            AllowMultipleArgumentsPerToken = true,
        };
        var noBuild = new Option<bool>("--no-build") { Description = "Deploy the last build" };
        var noExecute = new Option<bool>("--no-execute-changeset") { Description = "Print the change set only" };
        var noFail = new Option<bool>("--no-fail-on-empty-changeset")
        {
            Description = "Exit with 0 when there is nothing to deploy",
        };
        overrides.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=') < 1))
                result.AddError($"--parameter-overrides takes Name=value pairs, not '{token.Value}'.");
        });
        var command = new Command("deploy", "Build the application and update the stack of a running host with it")
        {
            endpoint, template, stackName, overrides, noBuild, noExecute, noFail,
        };
        command.SetAction((line, cancellationToken) => RunAsync(
            new DeployRequest(
                line.GetValue(endpoint)!, line.GetValue(template)?.FullName, line.GetValue(stackName),
                line.GetValue(overrides) ?? [], !line.GetValue(noBuild), !line.GetValue(noExecute),
                !line.GetValue(noFail)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DeployRequest request, CancellationToken cancellationToken)
    {
        using var host = new HostClient(request.Endpoint);
        var before = await AskAsync(host, int.MaxValue, cancellationToken);
        if (request.StackName is { } name && name != before.StackName)
            throw new UsageException($"The stack of the host at {request.Endpoint} is {before.StackName}, not {name}.");
        var root = Path.GetDirectoryName(before.TemplateFile)!;
        // Other projects are built by the host, as at its start.
        if (request.Build && before.Builds && ApplicationBuild.HasApplication(root))
        {
            Console.WriteLine("Building the application …");
            await ApplicationBuild.RunAsync(root, before.Configuration, cancellationToken);
        }

        using var body = JsonContent.Create(
            new UpdateRequest(request.Template, request.Overrides, request.Execute, request.Build),
            UpdateJson.Default.UpdateRequest);
        var plan = await host.PostAsync(UpdateApi.Path, body, UpdateJson.Default.UpdateAnswer, cancellationToken);
        if (!plan.Changed)
        {
            Console.WriteLine($"{(request.FailsWhenEmpty ? "Error: " : "")}No changes to deploy. "
                + $"Stack {plan.StackName} is up to date");
            return request.FailsWhenEmpty ? 1 : 0;
        }

        DeployTables.Print(Console.Out, plan.Changes);
        if (!request.Execute) return 0;
        return await FollowAsync(host, plan, cancellationToken);
    }

    private static async Task<int> FollowAsync(
        HostClient host, UpdateAnswer plan, CancellationToken cancellationToken)
    {
        DeployTables.PrintEventsHeader(Console.Out);
        UpdateView update;
        var seen = 0;
        do
        {
            update = await AskAsync(host, seen, cancellationToken);
            foreach (var happened in update.Events) DeployTables.Print(Console.Out, happened);
            seen = update.Next;
        }
        while (!update.IsDone || update.Events.Count > 0);

        if (update.Failure is { } failure)
        {
            await Console.Error.WriteLineAsync(
                $"Error: Failed to create/update the stack: {plan.StackName}, {update.Status}: "
                    + (update.StatusReason ?? failure));
            return 1;
        }

        DeployTables.Print(Console.Out, update.Outputs);
        Console.WriteLine($"Successfully created/updated stack - {plan.StackName} in {plan.Region}");
        return 0;
    }

    private static Task<UpdateView> AskAsync(HostClient host, int after, CancellationToken cancellationToken) =>
        host.GetAsync($"{UpdateApi.Path}?after={after}", UpdateJson.Default.UpdateView, cancellationToken);

    private sealed record DeployRequest(
        Uri Endpoint, string? Template, string? StackName, string[] Overrides, bool Build, bool Execute,
        bool FailsWhenEmpty);
}
