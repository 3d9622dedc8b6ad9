#!/usr/bin/env bash
# A package for 64-bit Windows is made on Linux by wixl -a x64, with a file and a registry value in one component.
# Version: wixl and msitools 0.101 as packaged by Debian 12
# Guessed: with x64 the component has 64 bits, as in a package that the WiX toolset itself makes with -arch x64.
# Seen: the package says x64, but the component has 32 bits. Its file goes to the 64-bit folder, but its registry value
#   to the 32-bit view (Wow6432Node), where 64-bit programs do not look. There is no warning. Win64="yes" corrects it.
# Needs: Debian packages wixl and msitools. Fails if it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
readonly of_64_bits=256 # msidbComponentAttributes64bit
echo hello >hello.txt

# Makes a package whose source contains $1, and prints the attributes of the package's component.
attributes() {
  cat >package.wxs <<SOURCE
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="11111111-2222-3333-4444-555555555555" UpgradeCode="11111111-2222-3333-4444-666666666666" Name="Finding"
           Version="1.0.0" Manufacturer="Example" Language="1033">
    <Package InstallerVersion="500" InstallScope="perMachine" Compressed="yes"/>
    <Media Id="1" Cabinet="finding.cab" EmbedCab="yes"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="PROGRAM" Name="Finding">
          <Component Id="Text" Guid="11111111-2222-3333-4444-777777777777" $1>
            <File Id="Hello" Name="hello.txt" Source="hello.txt" KeyPath="yes"/>
            <RegistryValue Root="HKLM" Key="Software\\Finding" Name="Version" Type="string" Value="1"/>
          </Component>
        </Directory>
      </Directory>
    </Directory>
    <Feature Id="All" Level="1"><ComponentRef Id="Text"/></Feature>
  </Product>
</Wix>
SOURCE
  wixl -a x64 -o finding.msi package.wxs
  msiinfo suminfo finding.msi | grep '^Template:' >&2
  msiinfo export finding.msi Component | awk -F '\t' '$1 == "Text" { print $4 }'
}

plain=$(attributes '')
marked=$(attributes 'Win64="yes"')
echo "attributes of the component: $plain; with Win64=\"yes\": $marked"
[ $((plain & of_64_bits)) -eq 0 ]
[ $((marked & of_64_bits)) -ne 0 ]
