using System.IO.Compression;
using System.Text;
using Isobar.Local.Tour;

namespace Isobar.Local.Tests.Tour;

public sealed class FileLayoutTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("USW00094728187001PRCP   74  W   13  W-9999   \nUSW00094728187002PRCP   74  W", "in the .dly layout")]
    [InlineData("ACW00011604194901TMAX  289  X  289  X\n", "in the .dly layout")]
    [InlineData("\"STATION\",\"DATE\",\"LATITUDE\"\n\"USW00094728\",\"2014-01-03\"\n", "in quotes")]
    [InlineData("\uFEFF\"ID\",\"DATE\"\n", "in quotes")]
    [InlineData("ID,DATE\rUSW00094728,20140103,PRCP,74,,,W\r", "end in CR")]
    [InlineData("ID;DATE;ELEMENT\n", "semicolons")]
    [InlineData("ID\tDATE\tELEMENT\n", "tabs")]
    [InlineData("I\0D\0,\0D\0", "not text")]
    [InlineData("PK\u0003\u0004 a zip", "its first line begins PK")]
    [InlineData("<html><head>\n", "its first line begins <html><head>")]
    [InlineData("", "its first line begins ")]
    public async Task What_a_file_is_instead_is_said_in_a_clause(string content, string says)
    {
        await File.WriteAllTextAsync(file, content);
        Assert.Contains(says, await DescribeAsync(), StringComparison.Ordinal);

        await using (var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(content));
        if (content.Length > 0) Assert.Contains(says, await DescribeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_one_short_line_however_long_the_files_first_one_is()
    {
        await File.WriteAllTextAsync(file, new string('x', 100_000));
        var described = await DescribeAsync();
        Assert.InRange(described.Length, 60, 100);
        Assert.DoesNotContain('\n', described);
    }

    private Task<string> DescribeAsync() => FileLayout.DescribeAsync(file, CancellationToken.None);
}
