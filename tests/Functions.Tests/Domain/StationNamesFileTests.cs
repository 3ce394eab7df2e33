using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

/// <summary>The stations' names are in the shared layer, or in the package where no layers are applied.</summary>
public sealed class StationNamesFileTests : IDisposable
{
    private const string Header = "id,name\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar-names-");

    [Fact]
    public void The_layers_file_goes_before_the_packages()
    {
        var layer = Write("opt", "USW00094728,from the layer");
        Write("package", "USW00094728,from the package");

        Assert.Equal("from the layer", Read(layer).Of("USW00094728"));
    }

    [Fact]
    public void Without_a_layer_the_packages_file_is_read()
    {
        Write("package", "USW00094728,from the package");

        Assert.Equal("from the package", Read(Path.Combine(folder.FullName, "opt", "none.csv")).Of("USW00094728"));
    }

    [Fact]
    public void Without_either_the_start_fails() =>
        Assert.ThrowsAny<IOException>(() => Read(Path.Combine(folder.FullName, "opt", "none.csv")));

    public void Dispose() => folder.Delete(recursive: true);

    private StationNames Read(string path) =>
        StationNames.ReadFile(path, Path.Combine(folder.FullName, "package"));

    private string Write(string place, string line)
    {
        var path = Path.Combine(folder.CreateSubdirectory($"{place}/isobar").FullName, "stations.csv");
        File.WriteAllText(path, Header + line + "\n");
        return path;
    }
}
